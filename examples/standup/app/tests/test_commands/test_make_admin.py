import asyncio
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from redis.asyncio import Redis
from sqlalchemy import update

from app.commands.make_admin import main
from app.core.config import Settings
from app.db.database import Database
from app.models import User
from app.tests.network import nobody_listens
from app.tests.people import ALICE

BACKEND = Path(__file__).parents[3]
ME = "/api/v1/users/me"


@dataclass
class Run:
    """How a run ended, and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    monkeypatch.setenv("ENVIRONMENT", "test")
    monkeypatch.setenv("DATABASE_URL", settings.database.url.get_secret_value())

    async def run(*arguments: str) -> Run:
        capsys.readouterr()
        # In a thread, since the command has an event loop of its own.
        code = await asyncio.to_thread(main, arguments)
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


@pytest.mark.parametrize("email", [ALICE.email, "Alice@Example.COM"])
async def test_somebody_becomes_an_administrator_at_once(
    alice: AsyncClient, bob: AsyncClient, run: Any, email: str
) -> None:
    assert (await alice.get(ME)).json()["roles"] == []

    for _ in range(2):
        done = await run(email)
        assert (done.code, done.err) == (0, "")
        assert done.out == f"{email} is an administrator from now on.\n"

    assert (await alice.get(ME)).json()["roles"] == ["admin"]
    assert (await bob.get(ME)).json()["roles"] == []


@pytest.mark.usefixtures("app")
async def test_running_processes_hear_of_a_new_administrator(
    run: Any, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", redis_url)
    monkeypatch.setenv("TOKENS_KNOWN_SECONDS", "30")
    async with Redis.from_url(redis_url) as redis, redis.pubsub() as subscription:
        await subscription.psubscribe("*:standing")
        assert await subscription.get_message(timeout=5)

        await run(ALICE.email)

        heard = await subscription.get_message(timeout=5)
        assert heard
        assert heard["data"] == str(ALICE.id).encode()


@pytest.mark.usefixtures("app")
async def test_nobody_becomes_no_administrator(run: Any) -> None:
    done = await run("nobody@example.com")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Nobody has an account with the address nobody@example.com")


async def test_an_address_that_is_not_confirmed_is_told(database: Database, run: Any) -> None:
    async with database.apart() as session:
        await session.execute(update(User).values(email_verified_at=None))

    done = await run(ALICE.email)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{ALICE.email} has not been confirmed yet. Open the link")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "mysql://somebody:secret@host/app"),
        ("ENVIRONMENT", "production?"),
        ("DATABASE_POOL_SIZE", "secret"),
    ],
)
async def test_settings_that_are_not_fit_are_named(
    run: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    done = await run(ALICE.email)

    assert (done.code, done.out) == (2, "")
    assert name in done.err
    assert "secret" not in done.err


async def test_a_database_that_is_away_is_told(
    run: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = settings.database.url.get_secret_value()
    for given, words in (
        (nobody_listens(url), "The database does not answer"),
        (url + "_not", "The database refuses: "),
    ):
        monkeypatch.setenv("DATABASE_URL", given)
        done = await run(ALICE.email)
        assert done.code == 1
        assert words in done.err


async def test_a_database_without_tls_is_said_to_be_one_for_developers(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")

    done = await run(ALICE.email)

    assert done.code == 1
    assert "The database does not answer" in done.err
    assert done.err.endswith("ENVIRONMENT=development.\n")


def test_it_says_how_it_is_used() -> None:
    command = [sys.executable, "-m", "app.commands.make_admin"]

    done = subprocess.run(command, cwd=BACKEND, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert "make_admin [-h] email" in done.stderr
