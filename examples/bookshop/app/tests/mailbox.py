"""The mail that people of a test have got."""

import re

from fastapi import FastAPI

from app.core.mail.memory import MailMemory
from app.core.mail.message import Message
from app.core.mail.outgoing import OutgoingMail

TOKEN = re.compile(r"#\w+=(bsm_[\w-]{43})$", re.MULTILINE)


class Mailbox:
    """Everything that was sent since the test began."""

    def __init__(self, app: FastAPI) -> None:
        self._outgoing: OutgoingMail = app.state.mail
        assert isinstance(self._outgoing.mail, MailMemory)
        self._sent = self._outgoing.mail.sent

    async def empty(self) -> None:
        await self._outgoing.settled()
        self._sent.clear()

    async def to(self, email: str) -> list[Message]:
        """Read what somebody got, the oldest first."""
        return [message for message in await self.all() if message.to == email]

    async def all(self) -> list[Message]:
        await self._outgoing.settled()
        return list(self._sent)

    async def token(self, email: str) -> str:
        """Read the token in the newest mail that somebody got."""
        [*_, newest] = await self.to(email)
        found = TOKEN.search(newest.text)
        assert found, newest.subject
        return found[1]
