import signal
from pathlib import Path
from typing import ClassVar

from redis import ConnectionError as NotConnected
from redis import Redis

from dev.server import LOOPBACK, Server

DATABASES = 256
"""More than a test run ever has workers; an unused one costs nothing."""


class ValkeyServer(Server):
    """Valkey from the wheel; told its settings on standard input, so that none shows in `ps`."""

    title: ClassVar[str] = "Valkey"
    farewell: ClassVar[signal.Signals] = signal.SIGTERM

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/0"

    def prepare(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            self.account.own(self.data)

    def command(self) -> list[str | Path]:
        return [self.programs / "valkey-server", "-"]

    def told(self) -> str:
        settings = {
            "bind": LOOPBACK,
            "port": self.port,
            "requirepass": self.password,
            "databases": DATABASES,
            "save": "60 1" if self.durable else '""',
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())

    def ready(self) -> bool:
        with Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except NotConnected:
                return False
