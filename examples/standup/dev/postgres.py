import shutil
import signal
import subprocess
from pathlib import Path
from typing import ClassVar

from dev.process import leashed
from dev.server import ENVIRONMENT, LOOPBACK, Server
from dev.trouble import Trouble

USER = "postgres"
DATABASE = "app"


class PostgresServer(Server):
    """PostgreSQL from the wheel; no Unix socket, since a socket's path has 107 bytes at most."""

    title: ClassVar[str] = "PostgreSQL"
    farewell: ClassVar[signal.Signals] = signal.SIGINT  # its fast shutdown: waits for no client

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:{self.password}@{LOOPBACK}:{self.port}/{DATABASE}"

    def prepare(self) -> None:
        """Make the data folder, whole or not at all."""
        if self.data.exists():
            # Nobody else can run on it while we hold the lock; its number may be somebody's now.
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            return
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        password_file = self.folder / "password.initdb"
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        if self.account:
            self.account.own(unfinished)
            self.account.own(password_file)
        self._initialise(unfinished, password_file)
        password_file.unlink()
        unfinished.rename(self.data)

    def command(self) -> list[str | Path]:
        settings = {
            "listen_addresses": LOOPBACK,
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "200",
        }
        if not self.durable:
            settings |= {
                "autovacuum": "off",
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
            }
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [self.programs / "postgres", "-D", self.data, *options]

    def ready(self) -> bool:
        address = ["--host", LOOPBACK, "--port", str(self.port)]
        asked = subprocess.run(
            [self.programs / "pg_isready", "--quiet", *address], env=ENVIRONMENT, check=False
        )
        return asked.returncode == 0

    def _initialise(self, folder: Path, password_file: Path) -> None:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        login = [f"--username={USER}", "--auth=scram-sha-256", f"--pwfile={password_file}"]
        haste = [] if self.durable else ["--no-sync"]
        self._run("initdb", ["-D", str(folder), "--encoding=UTF8", *locale, *login, *haste])
        create = f"CREATE DATABASE {DATABASE};"
        self._run("postgres", ["--single", "-D", str(folder), USER], told=create)

    def _run(self, program: str, arguments: list[str], told: str = "") -> None:
        done = subprocess.run(
            leashed([self.programs / program, *arguments], signal.SIGTERM, self.account),
            cwd=self.folder,
            env=ENVIRONMENT,
            input=told,
            capture_output=True,
            text=True,
            start_new_session=True,
            check=False,
        )
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip().replace("\n", "\n  ")
            raise Trouble(f"PostgreSQL could not make its data folder in {self.folder}:\n  {said}")
