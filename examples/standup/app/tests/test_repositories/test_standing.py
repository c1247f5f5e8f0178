"""Whatever changes what a person may do is told to those who remember it."""

from collections.abc import Awaitable, Callable, Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.directory import StandingChanged
from app.db.after_commit import Listeners
from app.db.database import Database
from app.db.rows import EVERY
from app.models import User
from app.repositories.session import SessionRepository
from app.repositories.user import UserRepository
from app.tests.people import ALICE, BOB


async def locked_alice(session: AsyncSession) -> User:
    alice = await UserRepository(session).lock(EVERY, ALICE.id)
    assert alice
    return alice


async def revoke(session: AsyncSession) -> None:
    await SessionRepository(session).revoke(ALICE.session, "logout")


async def revoke_all(session: AsyncSession) -> None:
    await SessionRepository(session).revoke_all(ALICE.id, "logout_everywhere")


async def promote(session: AsyncSession) -> None:
    await UserRepository(session).change(await locked_alice(session), {"role_names": ["admin"]})


async def shut_out(session: AsyncSession) -> None:
    await UserRepository(session).change(await locked_alice(session), {"active": False})


async def remove(session: AsyncSession) -> None:
    await UserRepository(session).remove(await locked_alice(session))


async def revoke_nothing(session: AsyncSession) -> None:
    await SessionRepository(session).revoke(BOB.id, "no session has this id")


async def move(session: AsyncSession) -> None:
    await UserRepository(session).change(await locked_alice(session), {"email": "a@example.com"})


async def told(database: Database, act: Callable[[AsyncSession], Awaitable[None]]) -> list[object]:
    """Collect what is told of an act once it is durable."""
    news: list[object] = []

    async def hear(changes: Sequence[StandingChanged]) -> None:
        news.extend(changes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "listeners", Listeners())
        database.listeners.add(StandingChanged, hear)
        async with database.writes() as session:
            await act(session)
    return news


@pytest.mark.parametrize("act", [revoke, revoke_all, promote, shut_out, remove])
async def test_a_change_of_standing_is_told(
    database: Database, act: Callable[[AsyncSession], Awaitable[None]]
) -> None:
    assert await told(database, act) == [StandingChanged(ALICE.id)]


@pytest.mark.parametrize("act", [revoke_nothing, move])
async def test_nothing_else_is_told(
    database: Database, act: Callable[[AsyncSession], Awaitable[None]]
) -> None:
    assert await told(database, act) == []
