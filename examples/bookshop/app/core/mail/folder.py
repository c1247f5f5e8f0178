import asyncio
from pathlib import Path
from uuid import uuid4

from app.core.mail.message import Message, composed


class MailFolder:
    """Writes each mail into a file, for its developer to read."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, message: Message) -> None:
        await asyncio.to_thread(self._write, message)

    def _write(self, message: Message) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        email = composed(message, self._sender)
        name = f"{email['Date'].datetime:%Y-%m-%d-%H%M%S}-{uuid4().hex[:8]}.eml"
        # Named at last: whoever watches the folder finds whole files alone.
        unfinished = self._folder / f".{name}"
        unfinished.write_bytes(bytes(email))
        unfinished.rename(self._folder / name)
