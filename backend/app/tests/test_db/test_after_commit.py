"""What is told within a session is heard after its commit, or never."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.db.after_commit import tell
from app.db.database import Database
from app.models import User


@dataclass(frozen=True)
class Happened:
    what: str


@dataclass(frozen=True)
class Unheard:
    what: str


class Ear:
    """Listens to a database, and looks whether the news are true by then."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.heard: list[tuple[list[str], int]] = []

    async def hear(self, news: Sequence[Happened]) -> None:
        async with self._database.reads() as session:
            people = await session.scalar(select(func.count()).select_from(User))
        self.heard.append(([each.what for each in news], people or 0))


@pytest.fixture
def ear(database: Database, monkeypatch: pytest.MonkeyPatch) -> Ear:
    ear = Ear(database)
    monkeypatch.setattr(database, "listeners", type(database.listeners)())
    database.listeners.add(Happened, ear.hear)
    return ear


async def test_news_are_heard_together_once_they_are_durable(database: Database, ear: Ear) -> None:
    async with database.writes() as session:
        await session.execute(text("DELETE FROM users"))
        tell(session, Happened("one"))
        tell(session, Unheard("by anybody"))
        tell(session, Happened("two"))
        assert ear.heard == []

    assert ear.heard == [(["one", "two"], 0)]


async def test_a_session_without_news_tells_nobody(database: Database, ear: Ear) -> None:
    async with database.apart() as session:
        await session.execute(text("DELETE FROM users"))

    assert ear.heard == []


async def test_what_is_rolled_back_is_never_heard_of(database: Database, ear: Ear) -> None:
    with suppress(LookupError):
        async with database.writes() as session:
            tell(session, Happened("nothing"))
            raise LookupError

    assert ear.heard == []


async def test_what_can_not_be_committed_is_never_heard_of(database: Database, ear: Ear) -> None:
    with suppress(DBAPIError):
        async with database.writes() as session:
            tell(session, Happened("nothing"))
            await session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    assert ear.heard == []


async def test_a_listener_that_fails_undoes_nothing_and_silences_nobody(
    database: Database, ear: Ear
) -> None:
    listeners = type(database.listeners)()

    async def fail(_news: Sequence[Happened]) -> None:
        raise RuntimeError

    listeners.add(Happened, fail)
    listeners.add(Happened, ear.hear)
    database.listeners = listeners

    async with database.apart() as session:
        await session.execute(text("DELETE FROM users"))
        tell(session, Happened("one"))

    assert ear.heard == [(["one"], 0)]
