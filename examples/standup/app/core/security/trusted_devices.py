"""Devices on which somebody has signed in before: nobody else's wrong guesses hold them up."""

import re
import secrets
from base64 import urlsafe_b64encode

from app.core.security.lanes import LaneNames, one_spelling

FORM = re.compile(r"([\w-]{22})\.([\w-]{43})", re.ASCII)


class TrustedDevices:
    """Gives each device a mark for one account, and knows its own marks again.

    A mark opens nothing. It says who it is for to nobody but us.
    """

    def __init__(self, names: LaneNames) -> None:
        self._names = names

    def mark(self, identifier: str) -> str:
        nonce = secrets.token_urlsafe(16)
        return f"{nonce}.{self._seal(nonce, identifier)}"

    def nonce(self, mark: str | None, identifier: str) -> str | None:
        """Read a mark that we gave for this account, and no other."""
        parts = FORM.fullmatch(mark or "")
        if parts is None:
            return None
        nonce, seal = parts.groups()
        ours = self._seal(nonce, identifier)
        return nonce if secrets.compare_digest(seal, ours) else None

    def _seal(self, nonce: str, identifier: str) -> str:
        seal = self._names.digest("mark", nonce, one_spelling(identifier))
        return urlsafe_b64encode(seal).decode().rstrip("=")
