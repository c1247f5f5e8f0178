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

    def _link(self, what: str, token: str) -> str:
        # Behind the `#`, where no server and no `Referer` header sees it.
        return f"{self._link_base}#{what}={token}"

    def _post(self, email: str, subject: str, text: str) -> None:
        self._outgoing.post(Message(email, subject, text))
