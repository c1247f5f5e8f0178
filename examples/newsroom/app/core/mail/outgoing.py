"""The way out for mail: beside the requests that it is about."""

import asyncio

import structlog

from app.core.mail.folder import MailFolder
from app.core.mail.memory import MailMemory
from app.core.mail.message import Mail, Message
from app.core.mail.smtp import SmtpMail
from app.core.settings import MailSettings

log = structlog.get_logger(__name__)

AT_ONCE = 4
"""Connections to the mail server at the same time."""

MOST_WAITING = 1000
PATIENCE = 10.0
"""Seconds that a process which ends waits for what it has begun to send."""


class OutgoingMail:
    """Sends in the background: nobody waits for a mail server, and nothing fails with it.

    Post only what is committed; a mail can't be called back.
    """

    def __init__(self, mail: Mail, *, patience: float = PATIENCE) -> None:
        self.mail = mail
        self._patience = patience
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def post(self, message: Message) -> None:
        if len(self._tasks) >= MOST_WAITING:
            log.error("mail_dropped", subject=message.subject)
            return
        task = asyncio.create_task(self._send(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self, seconds: float | None = None) -> int:
        """Wait until all is sent that was posted, and say how many mails were not in time."""
        if not self._tasks:
            return 0
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        return len(late)

    async def close(self) -> None:
        """Send what is under way, as far as patience goes."""
        if lost := await self.settled(self._patience):
            log.error("mail_lost", count=lost)

    async def _send(self, message: Message) -> None:
        try:
            async with self._slots:
                await self.mail.send(message)
        except Exception as error:
            # Its own words may repeat the address.
            log.error("mail_failed", subject=message.subject, error_type=type(error).__name__)
        else:
            log.info("mail_sent", subject=message.subject)


def open_mail(settings: MailSettings) -> OutgoingMail:
    """Make the way out that the settings name; nothing is connected before the first mail."""
    return OutgoingMail(_port(settings))


def _port(settings: MailSettings) -> Mail:
    if settings.transport == "smtp":
        return SmtpMail(settings)
    if settings.transport == "folder":
        return MailFolder(settings.folder, settings.sender)
    return MailMemory()
