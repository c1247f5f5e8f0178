"""The mails that the API writes into files, told in the terminal as they come."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from app.core.settings import MailSettings

LINK = re.compile(r"^\S+#(\w+)=(bsm_[\w-]{43})$", re.MULTILINE)
DOES = {
    "verify": ("confirms the address", "/auth/verify", '{{"token": "{token}"}}'),
    "reset": (
        "sets a new password",
        "/auth/reset",
        '{{"token": "{token}", "password": "nine early herons wade"}}',
    ),
    "email": ("makes the address yours", "/auth/email/confirm", '{{"token": "{token}"}}'),
}
"""What each kind of link is for, and the request that a page behind it would send."""


class Mailbox:
    """Notices new mails; none where a real server sends them."""

    def __init__(self, settings: MailSettings) -> None:
        self.folder = settings.folder.absolute() if settings.transport == "folder" else None
        self._seen = set(self._files())

    def news(self, api: str) -> Iterator[str]:
        """Tell of each mail that has come since the last call."""
        for path in sorted(self._files()):
            if path not in self._seen:
                self._seen.add(path)
                yield told(path, api)

    def _files(self) -> Iterator[Path]:
        if self.folder:
            yield from self.folder.glob("[!.]*.eml")


def told(path: Path, api: str) -> str:
    """Say what a mail is about, and what to type where its link leads nowhere yet."""
    mail = message_from_bytes(path.read_bytes(), EmailMessage, policy=default)
    lines = ["", f"  Mail to {mail['To']}: {mail['Subject']} ({path})"]
    if link := LINK.search(mail.get_content()):
        does, address, body = DOES[link[1]]
        lines += [
            f"  {link[0]}",
            f"  There is no page behind this link yet. This {does}:",
            "",
            f"curl {api}/api/v1{address} -H 'Content-Type: application/json' \\",
            f"  -d '{body.format(token=link[2])}'",
            "",
        ]
    return "\n".join(lines)
