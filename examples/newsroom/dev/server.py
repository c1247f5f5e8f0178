"""A local server: its folder, its port and password, and its process."""

import os
import secrets
import signal
import socket
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from dev.account import Account
from dev.lock import Lock, holder
from dev.process import PATIENCE, Process
from dev.trouble import Trouble

LOOPBACK = "127.0.0.1"
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}
"""Nothing of the caller's: PGDATA, PGPORT and their like would change what a server does."""
START_SECONDS = 30.0
LEFTOVER_SECONDS = 15.0


@dataclass
class Server(ABC):
    """A server program that keeps all it has in one folder.

    `start` returns as soon as the program runs, and `wait` when it answers, so that two servers
    can start at once.
    """

    programs: Path
    folder: Path
    account: Account | None
    durable: bool
    """Whether what was committed survives a power cut; tests are quicker without."""

    password: str = field(init=False, repr=False)
    port: int = field(init=False)
    process: Process = field(init=False)

    title: ClassVar[str]
    farewell: ClassVar[signal.Signals]

    @property
    @abstractmethod
    def url(self) -> str: ...

    @abstractmethod
    def prepare(self) -> None:
        """Make the data folder, if there is none yet."""

    @abstractmethod
    def command(self) -> list[str | Path]: ...

    @abstractmethod
    def ready(self) -> bool:
        """Ask the server whether it takes work."""

    def told(self) -> str:
        """Say what the program is to read from its standard input."""
        return ""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o711)
        lock = self._lock()
        try:
            self.password = self._kept_password()
            self.port = self._kept_port()
            self.prepare()
            with self.log.open("wb") as log:
                self.process = Process(
                    self.command(),
                    self.farewell,
                    folder=self.data,
                    environment=ENVIRONMENT,
                    account=self.account,
                    told=self.told(),
                    output=log,
                    descriptors=[lock.descriptor],
                )
            lock.sign(self.process.id)
        finally:
            lock.close()

    def wait(self) -> None:
        """Wait until the server answers."""
        deadline = time.monotonic() + START_SECONDS
        while not self.ready():
            if self.process.ended() or time.monotonic() > deadline:
                raise Trouble(f"{self.title} did not start. {self.last_words()}")
            time.sleep(0.02)

    def runs_already(self) -> bool:
        """Whether somebody else has started it in this folder; `url` then says where it is."""
        self.password = _read(self.folder / "password")
        self.port = int(_read(self.folder / "port") or 0)
        return bool(self.port) and self.ready()

    def expect_alive(self) -> None:
        """Raise Trouble if it has ended by itself, or has no data any more."""
        if not self.data.exists():
            raise Trouble(
                f"{self.data} is gone, so {self.title} can't go on, and what it held is lost.\n"
                "The next start begins anew. To delete data, stop this first, then `make reset`."
            )
        if self.process.ended():
            raise Trouble(f"{self.title} ended by itself. {self.last_words()}")

    def last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-8:]
        return "\n  ".join([f"The end of its log, {self.log}:", *lines])

    def stop(self) -> None:
        # Without its data, it could only complain until it is made to end.
        self.process.stop(PATIENCE if self.data.exists() else 0)

    def _lock(self) -> Lock:
        """Take the folder; end a server that an earlier run, now dead, has left in it."""
        path = self.folder / "lock"
        deadline = time.monotonic() + LEFTOVER_SECONDS
        asked = None
        while (lock := Lock.take(path)) is None:
            leftover = holder(path)
            if time.monotonic() > deadline:
                raise Trouble(
                    f"{self.title} of an earlier run does not end. Try: kill -9 {leftover}"
                )
            if leftover and leftover != asked:
                with suppress(ProcessLookupError):
                    os.kill(leftover, self.farewell)
                asked = leftover
            time.sleep(0.02)
        return lock

    def _kept_password(self) -> str:
        path = self.folder / "password"
        if password := _read(path):
            return password
        if self.data.exists():
            raise Trouble(
                f"The password of {self.title} is gone: there is none in {path}.\n"
                f"To begin anew without the old data, delete {self.folder}."
            )
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
        return path.read_text()

    def _kept_port(self) -> int:
        """Take the port of the last time, or another one if somebody has that now."""
        path = self.folder / "port"
        port = free_port(int(_read(path) or 0)) or free_port()
        path.write_text(str(port))
        return port


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def free_port(port: int = 0) -> int:
    """Find out whether a port is free, and which one if it may be any; 0 says that it is not."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return 0
        chosen: int = probe.getsockname()[1]
        return chosen
