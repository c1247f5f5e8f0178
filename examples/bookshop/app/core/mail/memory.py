from collections import deque

from app.core.mail.message import Message

ENOUGH = 1000


class MailMemory:
    """Keeps the last mails, for tests to look at."""

    def __init__(self) -> None:
        self.sent: deque[Message] = deque(maxlen=ENOUGH)

    async def send(self, message: Message) -> None:
        self.sent.append(message)
