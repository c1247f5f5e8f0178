from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.models import User, UserIdentity
from app.repositories.user import UserRepository
from app.repositories.user_identity import UserIdentityRepository
from app.tests.people import ALICE, BOB

ISSUER = "https://auth.test"


async def take(database: Database, subject: str = "1", issuer: str = ISSUER) -> bool:
    """Take an identity for Alice, if it is to be had."""
    async with database.apart() as session:
        identities = UserIdentityRepository(session)
        taken = await identities.take(issuer, subject)
        if taken:
            await identities.give(taken, ALICE.id)
        return taken is not None


async def person(database: Database, subject: str = "1", issuer: str = ISSUER) -> User | None:
    async with database.reads() as session:
        identity = await UserIdentityRepository(session).of(issuer, subject)
        return identity.user if identity else None


async def test_a_person_is_found_by_issuer_and_subject_together(database: Database) -> None:
    assert await take(database)

    found = await person(database)
    assert found
    assert found.id == ALICE.id
    assert await person(database, "2") is None
    assert await person(database, issuer="https://other.test") is None


async def test_an_identity_is_taken_once(database: Database) -> None:
    assert await take(database)

    assert not await take(database)
    assert await take(database, "2")
    assert await take(database, issuer="https://other.test")


async def test_an_identity_outlives_its_person_for_a_day(database: Database) -> None:
    await take(database)
    await take(database, "2")
    async with database.apart() as session:
        for user in await session.scalars(select(User).where(User.id == ALICE.id)):
            await UserRepository(session).remove(user)

    async with database.reads() as session:
        identity = await UserIdentityRepository(session).of(ISSUER, "1")
        assert identity
        assert (identity.user, identity.user_id) == (None, None)
        assert identity.ended_at
    async with database.apart() as session:
        assert not await UserIdentityRepository(session).take(ISSUER, "1")

    async with database.apart() as session:
        a_day_ago = UserIdentity.ended_at - timedelta(days=1, seconds=1)
        await session.execute(
            update(UserIdentity).where(UserIdentity.subject == "1").values(ended_at=a_day_ago)
        )
        identities = UserIdentityRepository(session)
        assert await identities.of(ISSUER, "1") is None
        taken = await identities.take(ISSUER, "1")
        assert taken
        await identities.give(taken, BOB.id)
        assert not await identities.take(ISSUER, "1")
        assert not await identities.take(ISSUER, "2")
    found = await person(database)
    assert found
    assert found.id == BOB.id


async def test_what_is_left_of_somebody_deleted_by_hand_is_given_to_nobody(
    database: Database,
) -> None:
    await take(database)
    async with database.apart() as session:
        await session.execute(delete(User).where(User.id == ALICE.id))
        await session.execute(update(UserIdentity).values(created_at=func.now() - timedelta(9)))

    assert not await take(database)
    async with database.reads() as session:
        assert await UserIdentityRepository(session).of(ISSUER, "1")


async def test_the_database_takes_no_identity_of_nobody(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught:
        await take(database, "")

    assert violated_constraint(caught.value) == "ck_user_identities_subject"
