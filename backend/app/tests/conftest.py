"""The real application on a real database: only its settings are the tests' own."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from sqlalchemy import text

from app.core.config import Settings, TestSettings
from app.core.security.tokens import Claims
from app.core.settings import DatabaseSettings, RedisSettings
from app.db.base import Entity
from app.db.database import Database
from app.main import create_app
from app.tests.mailbox import Mailbox
from app.tests.passwords import QuickPasswords
from app.tests.people import ADMIN, ALICE, BOB, Person
from app.tests.seed import seed_people
from app.tests.servers import start_servers, worker_database, worker_redis

SERVERS = pytest.StashKey[ExitStack]()
DELETIONS = " ".join(
    f"DELETE FROM {table.name};" for table in reversed(Entity.metadata.sorted_tables)
)
EMPTY = f"DO $$ BEGIN {DELETIONS} END $$"
"""One statement for all tables; to TRUNCATE tables of a few rows would take far longer."""


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers once a run; workers inherit where they are."""
    if not hasattr(config, "workerinput"):
        config.stash[SERVERS] = start_servers()


def pytest_unconfigure(config: pytest.Config) -> None:
    if servers := config.stash.get(SERVERS, None):
        servers.close()


@pytest.fixture(scope="session")
def redis_url(worker_id: str) -> Iterator[str]:
    with worker_redis(worker_id) as url:
        yield url


@pytest.fixture(scope="session")
async def database_url(worker_id: str) -> AsyncIterator[str]:
    async with worker_database(worker_id) as url:
        yield url


@pytest.fixture(scope="session")
def settings(database_url: str, redis_url: str) -> Settings:
    return TestSettings(
        database=DatabaseSettings(url=SecretStr(database_url)),
        redis=RedisSettings(url=SecretStr(redis_url)),
    )


@pytest.fixture(scope="session")
async def whole_app(settings: Settings) -> AsyncIterator[FastAPI]:
    app = create_app(settings)
    app.state.passwords = QuickPasswords()
    async with app.router.lifespan_context(app):
        yield app


async def start_over(app: FastAPI) -> None:
    """Have everybody signed in, and nothing else in the database."""
    database: Database = app.state.database
    async with database.apart() as session:
        await session.execute(text(EMPTY))
        await seed_people(session)


@pytest.fixture
async def app(whole_app: FastAPI) -> FastAPI:
    """The application, with everybody signed in and nothing else in its database."""
    await start_over(whole_app)
    return whole_app


@pytest.fixture
def database(app: FastAPI) -> Database:
    found: Database = app.state.database
    return found


@pytest.fixture
async def mailbox(app: FastAPI) -> Mailbox:
    """What people are sent from now on."""
    found = Mailbox(app)
    await found.empty()
    return found


def client_of(app: FastAPI, person: Person | None) -> AsyncClient:
    headers = {}
    if person is not None:
        claims = Claims(user=person.id, session=person.session)
        token = app.state.tokens.issue(claims, auth_time=datetime.now(UTC))
        headers["Authorization"] = f"Bearer {token}"
    return AsyncClient(transport=ASGITransport(app), base_url="http://test", headers=headers)


@pytest.fixture
def visitor(app: FastAPI) -> AsyncClient:
    """Somebody who is not signed in."""
    return client_of(app, None)


@pytest.fixture
def alice(app: FastAPI) -> AsyncClient:
    return client_of(app, ALICE)


@pytest.fixture
def bob(app: FastAPI) -> AsyncClient:
    return client_of(app, BOB)


@pytest.fixture
def admin(app: FastAPI) -> AsyncClient:
    return client_of(app, ADMIN)
