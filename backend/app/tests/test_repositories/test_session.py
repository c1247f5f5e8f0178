import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, update
from sqlalchemy.exc import IntegrityError

from app.core.security.tokens import digest, new_refresh_token
from app.db.database import Database
from app.db.faults import violated_constraint
from app.models import Session, User
from app.repositories.session import LIVE, SessionRepository, owned_by
from app.tests.people import ADMIN, ALICE, BOB
from app.tests.queries import counted

PAST = func.now() - timedelta(seconds=1)


async def is_live(database: Database) -> tuple[bool, bool]:
    """Ask in both ways whether Alice is signed in: for a look, and to change it."""
    async with database.writes() as session:
        sessions = SessionRepository(session)
        seen = await sessions.live(ALICE.session)
        locked = await sessions.lock_live(ALICE.session)
        return seen is not None, locked is not None


async def test_a_session_comes_with_its_person_in_one_query(database: Database) -> None:
    with counted(database) as statements:
        async with database.reads() as session:
            found = await SessionRepository(session).live(ADMIN.session)

    assert found
    assert (found.session.user.id, found.session.user.roles) == (ADMIN.id, frozenset(ADMIN.roles))
    assert found.seconds_left == pytest.approx(timedelta(days=7).total_seconds(), abs=60)
    assert len(statements) == 1


@pytest.mark.parametrize(
    "change",
    [
        update(Session).values(idle_expires_at=PAST),
        update(Session).values(expires_at=PAST),
        update(Session).values(revoked_at=func.now()),
        update(User).values(active=False),
    ],
    ids=["unused for long", "old", "revoked", "shut out"],
)
async def test_a_session_that_has_ended_is_not_live(database: Database, change: Any) -> None:
    assert await is_live(database) == (True, True)

    async with database.apart() as session:
        await session.execute(change)

    assert await is_live(database) == (False, False)


async def test_a_session_is_revoked_once_and_nobody_elses_with_it(database: Database) -> None:
    async with database.apart() as session:
        sessions = SessionRepository(session)
        await sessions.revoke(ALICE.session, "first")
        await sessions.revoke(ALICE.session, "second")

    async with database.reads() as session:
        alices = await session.get_one(Session, ALICE.session)
        bobs = await session.get_one(Session, BOB.session)
        assert (alices.revoke_reason, bobs.revoked_at) == ("first", None)
        assert alices.revoked_at


def another(**values: Any) -> Session:
    in_a_day = func.now() + timedelta(days=1)
    return Session(user_id=ALICE.id, idle_expires_at=in_a_day, expires_at=in_a_day, **values)


def ids(rows: Sequence[Session]) -> list[UUID]:
    return [row.id for row in rows]


async def test_all_sessions_of_somebody_are_revoked_but_one_that_they_keep(
    database: Database,
) -> None:
    async with database.apart() as session:
        sessions = SessionRepository(session)
        gone, kept = [(await sessions.save(another())).id for _ in range(2)]
        assert ids(await sessions.revoke(gone, "logout")) == [gone]

        assert ids(await sessions.revoke_all(ALICE.id, "mine", besides=kept)) == [ALICE.session]
        assert ids(await sessions.revoke_all(ALICE.id, "mine")) == [kept]
        assert ids(await sessions.revoke_all(ALICE.id, "mine")) == []
        assert await sessions.live(BOB.session)


async def test_the_oldest_of_too_many_sessions_end(database: Database) -> None:
    async with database.apart() as session:
        sessions = SessionRepository(session)
        made = [
            await sessions.save(another(created_at=func.now() + timedelta(seconds=at)))
            for at in range(1, 4)
        ]
        ended = await sessions.save(another(created_at=func.now() + timedelta(days=1)))
        await sessions.revoke(ended.id, "logout")

        # One that has ended already takes nobody's place.
        assert ids(await sessions.revoke_oldest(ALICE.id, "many", keep=4)) == []
        assert set(ids(await sessions.revoke_oldest(ALICE.id, "many", keep=2))) == {
            ALICE.session,
            made[0].id,
        }
        left = await sessions.newest_first(LIVE & owned_by(ALICE.id))
        assert ids(left) == [made[2].id, made[1].id]
        assert await sessions.live(BOB.session)


async def test_others_wait_until_a_session_is_free(database: Database) -> None:
    async def revoke_it() -> None:
        async with database.apart() as session:
            locked = await SessionRepository(session).lock_live(ALICE.session)
            assert locked is None

    async with database.apart() as session:
        sessions = SessionRepository(session)
        assert await sessions.lock_live(ALICE.session)
        waiting = asyncio.create_task(revoke_it())
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await sessions.revoke(ALICE.session, "logout")
    await waiting


async def test_a_session_has_one_token_that_is_unused(database: Database) -> None:
    tokens = [digest(new_refresh_token()) for _ in range(2)]
    async with database.apart() as session:
        sessions = SessionRepository(session)
        await sessions.add_token(ALICE.session, tokens[0])
        found = await sessions.token(tokens[0])
        assert found
        assert found.used_at is None
        await sessions.use(found, await sessions.now(), b"next")
        await sessions.add_token(ALICE.session, tokens[1])
        assert await sessions.token(digest("another")) is None

    with pytest.raises(IntegrityError) as caught:
        await add_token(database, ALICE.session)
    assert violated_constraint(caught.value) == "uq_refresh_tokens_live"


async def test_only_the_token_that_was_used_last_keeps_the_next(database: Database) -> None:
    tokens = [digest(new_refresh_token()) for _ in range(3)]
    async with database.apart() as session:
        sessions = SessionRepository(session)
        for owner, token in zip((ALICE, BOB, ALICE), tokens, strict=True):
            await sessions.add_token(owner.session, token)
            found = await sessions.token(token)
            assert found
            await sessions.use(found, await sessions.now(), token)

    async with database.reads() as session:
        sessions = SessionRepository(session)
        kept = [await sessions.token(token) for token in tokens]
        assert [each and each.sealed_next for each in kept] == [None, tokens[1], tokens[2]]


async def test_a_token_belongs_to_a_session(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught:
        await add_token(database, uuid4())

    assert violated_constraint(caught.value) == "fk_refresh_tokens_session_id"


async def add_token(database: Database, session_id: Any) -> None:
    async with database.apart() as session:
        await SessionRepository(session).add_token(session_id, digest(new_refresh_token()))
