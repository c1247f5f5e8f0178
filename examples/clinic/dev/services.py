"""PostgreSQL and Valkey of one's own, from server programs that came with the wheels."""

import os
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from dev.account import servers_account
from dev.lock import Lock, holder
from dev.place import place_for
from dev.postgres import PostgresServer
from dev.programs import postgres_programs, valkey_programs
from dev.server import Server
from dev.trouble import Trouble
from dev.valkey import ValkeyServer


def running_database(folder: Path) -> str | None:
    """Say where the database is that `make dev` runs in a folder, if it does."""
    if not folder.exists():
        return None
    account = servers_account()
    place = place_for(folder.resolve(), account) / "postgres"
    postgres = PostgresServer(postgres_programs(account), place, account, durable=True)
    return postgres.url if postgres.runs_already() else None


class LocalServices:
    """Servers on the loopback that run for as long as a `with` block does; their data stays.

    A URL that is given takes the place of the server that would have been started.
    """

    def __init__(
        self,
        folder: Path,
        *,
        durable: bool = True,
        database_url: str | None = None,
        redis_url: str | None = None,
    ) -> None:
        self._folder = folder.resolve()
        self._durable = durable
        self._stack = ExitStack()
        self.servers: list[Server] = []
        self.place = self._folder
        self.database_url = database_url or ""
        self.redis_url = redis_url or ""

    def __enter__(self) -> "LocalServices":
        with ExitStack() as stack:
            self._start(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def expect_alive(self) -> None:
        """Raise Trouble if a server can't go on."""
        for server in self.servers:
            server.expect_alive()

    def _start(self, stack: ExitStack) -> None:
        if self.database_url and self.redis_url:
            return
        account = servers_account()
        self.place = place_for(self._folder, account)
        stack.callback(self._lock().close)
        if not self.redis_url:
            programs = valkey_programs(account)
            valkey = ValkeyServer(programs, self.place / "valkey", account, self._durable)
            self._add(valkey, stack)
        if not self.database_url:
            programs = postgres_programs(account)
            postgres = PostgresServer(programs, self.place / "postgres", account, self._durable)
            self._add(postgres, stack)
        for server in self.servers:
            server.wait()
        self.redis_url = self.redis_url or valkey.url
        self.database_url = self.database_url or postgres.url

    def _add(self, server: Server, stack: ExitStack) -> None:
        server.start()
        stack.callback(server.stop)
        self.servers.append(server)

    def _lock(self) -> Lock:
        path = self.place / "lock"
        lock = Lock.take(path)
        if lock is None:
            raise Trouble(
                f"The servers in {self.place} are in use (process {holder(path)}).\n"
                "Stop what runs there first, with Ctrl-C in its terminal."
            )
        lock.sign(os.getpid())
        return lock
