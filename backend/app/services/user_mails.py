"""What people are told by mail."""

from app.core.about import TITLE
from app.core.mail.message import Message
from app.core.mail.outgoing import OutgoingMail

CONFIRM = f"""\
Somebody, we hope you, opens an account at {TITLE} with this address.

Open this link within 24 hours to say that it is yours:

{{link}}

If it was not you, there is nothing to do: nobody can use the account without the link.
"""

HAVE_ACCOUNT = f"""\
Somebody, perhaps you, wants to open an account at {TITLE} with this address.

You have one already: sign in with it. If you forgot your password, ask for a new one there.

If it was not you, there is nothing to do: nobody was told that you have an account.
"""

RESET = f"""\
Somebody, perhaps you, asks for a new password for your account at {TITLE}.

Open this link within 30 minutes to choose one:

{{link}}

If it was not you, there is nothing to do: your password stays as it is.
"""

CHANGE = f"""\
Somebody, we hope you, wants to use this address for an account at {TITLE} from now on.

Open this link within 30 minutes to say that it is yours:

{{link}}

If it was not you, there is nothing to do.
"""

CHANGE_ASKED = f"""\
Somebody, we hope you, wants another address for your account at {TITLE} instead of this one.

If it was not you, somebody else is signed in as you: choose a new password at once.
"""

CHANGED = f"""\
Your account at {TITLE} has another address from now on, and this one is no longer used.

If it was not you, write to us at once.
"""

PASSWORD_CHANGED = f"""\
Your account at {TITLE} has a new password. Wherever you were signed in, you have to sign in again.

If it was not you, somebody else reads your mail: choose a new password for your mail, and then
here.
"""

PASSWORD_REPLACED = f"""\
Somebody, we hope you, chose a new password for your account at {TITLE}, and knew the old one.
Wherever else you were signed in, you have to sign in again.

If it was not you, ask for another password at once: you will find that under "forgotten password".
"""

CLOSED = f"""\
Your account at {TITLE} is closed, and you are signed out everywhere. To open it again, write to us.
"""

DELETED = f"""\
Your account at {TITLE} is deleted, with all that belonged to it alone.
"""


class UserMails:
    """Writes mails about accounts, and posts them.

    Links come from the settings, and never from what a request says of its host.
    """

    def __init__(self, outgoing: OutgoingMail, link_base: str) -> None:
        self._outgoing = outgoing
        self._link_base = link_base

    def confirm(self, email: str, token: str) -> None:
        self._post(email, "Confirm your address", CONFIRM.format(link=self._link("verify", token)))

    def have_account(self, email: str) -> None:
        self._post(email, "You have an account", HAVE_ACCOUNT)

    def reset_password(self, email: str, token: str) -> None:
        self._post(email, "Choose a new password", RESET.format(link=self._link("reset", token)))

    def password_changed(self, email: str) -> None:
        self._post(email, "You have a new password", PASSWORD_CHANGED)

    def password_replaced(self, email: str) -> None:
        self._post(email, "You have a new password", PASSWORD_REPLACED)

    def confirm_change(self, email: str, token: str) -> None:
        text = CHANGE.format(link=self._link("email", token))
        self._post(email, "Confirm your new address", text)

    def change_asked(self, email: str) -> None:
        self._post(email, "Your address is about to change", CHANGE_ASKED)

    def email_changed(self, email: str) -> None:
        self._post(email, "Your address has changed", CHANGED)

    def account_closed(self, email: str) -> None:
        self._post(email, "Your account is closed", CLOSED)

    def account_deleted(self, email: str) -> None:
        self._post(email, "Your account is deleted", DELETED)

    def _link(self, what: str, token: str) -> str:
        # Behind the `#`, where no server and no `Referer` header sees it.
        return f"{self._link_base}#{what}={token}"

    def _post(self, email: str, subject: str, text: str) -> None:
        self._outgoing.post(Message(email, subject, text))
