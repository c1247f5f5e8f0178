"""PostgreSQL and Valkey for a test run: started once, with a database of its own each worker.

`TEST_DATABASE_URL` and `TEST_REDIS_URL` take the place of the servers that would be started.
"""

import asyncio
import json
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass

import pytest
from pydantic import SecretStr
from redis import Redis
from sqlalchemy import make_url
from sqlalchemy.pool import NullPool

from app.core.settings import DatabaseSettings
from app.db.database import open_engine
from app.tests.server_folder import FOLDER, folder_for_run
from dev.migrations import migrate
from dev.services import LocalServices
from dev.trouble import Trouble

GIVEN_DATABASE, GIVEN_REDIS = "TEST_DATABASE_URL", "TEST_REDIS_URL"
RUN = "TEST_RUN"
"""Where a run tells its workers, which inherit its environment, what it has made for them."""
MARK = "_test"
"""How the name of a database ends that tests may fill and empty."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the tests has: a server, a migrated database to copy, and a Valkey."""

    server: str
    template: str
    redis: str

    def publish(self) -> None:
        os.environ[RUN] = json.dumps(asdict(self))

    @classmethod
    def current(cls) -> "Run":
        return cls(**json.loads(os.environ[RUN]))

    async def execute(self, statement: str) -> None:
        """Run one statement about databases, connected to none of those that it is about."""
        settings = DatabaseSettings(url=SecretStr(self.server))
        engine = open_engine(
            settings, verified=False, poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        async with engine.connect() as connection:
            await connection.exec_driver_sql(statement)
        await engine.dispose()


def start_servers() -> ExitStack:
    """Start what a run needs, and migrate the template; closing the result ends it all."""
    with ExitStack() as stack:
        try:
            _start(stack)
        except Trouble as trouble:
            raise pytest.UsageError(str(trouble)) from None
        return stack.pop_all()


@asynccontextmanager
async def worker_database(worker: str) -> AsyncIterator[str]:
    """Lend a worker a copy of the template."""
    run = Run.current()
    url = sibling(run.template, worker)
    await run.execute(f"CREATE DATABASE {_name(url)} TEMPLATE {_name(run.template)}")
    try:
        yield url
    finally:
        await run.execute(f"DROP DATABASE {_name(url)} WITH (FORCE)")


@contextmanager
def worker_redis(worker: str) -> Iterator[str]:
    """Lend a worker a numbered database, empty before and after."""
    url = make_url(Run.current().redis)
    number = int(url.database or 0) + worker_number(worker)
    text = url.set(database=str(number)).render_as_string(hide_password=False)
    with Redis.from_url(text) as client:
        if keys := client.dbsize():
            raise pytest.UsageError(
                f"{GIVEN_REDIS}: database {number} holds {keys} keys, and tests would delete them. "
                "If it is for tests, empty it with FLUSHDB; or give the number of another one."
            )
        yield text
        client.flushdb()


def refuse_unless_for_tests(url: str) -> None:
    """Tests delete what they find, so a database must say by its name that it is for them."""
    name = make_url(url).database or ""
    if not name.endswith(MARK):
        raise Trouble(
            f"{GIVEN_DATABASE} names the database `{name}`, and tests would delete what is in it. "
            f"Give one that was made for tests: its name ends in `{MARK}`."
        )


def worker_number(worker: str) -> int:
    """Count workers as pytest-xdist names them: `master` runs alone, `gw0` is the first."""
    return int(worker.removeprefix("gw")) if worker.startswith("gw") else 0


def sibling(url: str, word: str) -> str:
    """Name a database beside another one; PostgreSQL would cut a name of over 63 bytes."""
    parsed = make_url(url)
    stem = (parsed.database or "").removesuffix(MARK)
    name = f"{stem[-40:]}_{word}{MARK}"
    return parsed.set(database=name).render_as_string(hide_password=False)


def _start(stack: ExitStack) -> None:
    given_database, given_redis = os.environ.get(GIVEN_DATABASE), os.environ.get(GIVEN_REDIS)
    if given_database:
        refuse_unless_for_tests(given_database)
    all_given = given_database and given_redis
    folder = FOLDER if all_given else stack.enter_context(folder_for_run())
    services = stack.enter_context(
        LocalServices(folder, durable=False, database_url=given_database, redis_url=given_redis)
    )
    template = sibling(services.database_url, secrets.token_hex(4))
    run = Run(services.database_url, template, services.redis_url)
    asyncio.run(run.execute(f"CREATE DATABASE {_name(template)}"))
    if given_database:
        drop = f"DROP DATABASE {_name(template)} WITH (FORCE)"
        stack.callback(lambda: asyncio.run(run.execute(drop)))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ENVIRONMENT", "test")
        environment.setenv("DATABASE_URL", template)
        migrate()
    run.publish()


def _name(url: str) -> str:
    name = (make_url(url).database or "").replace('"', '""')
    return f'"{name}"'
