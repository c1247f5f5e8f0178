import asyncio
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError, InvalidRequestError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.models import User
from app.repositories.user import UserRepository
from app.tests.people import ADMIN, ALICE, BOB, PASSWORD_HASH


async def test_a_person_is_found_by_id_and_by_address(database: Database) -> None:
    async with database.reads() as session:
        users = UserRepository(session)
        by_id, by_email = await users.by_id(ALICE.id), await users.by_email(ADMIN.email)
        assert by_id
        assert by_email
        assert (by_id.email, by_email.id) == (ALICE.email, ADMIN.id)
        assert await users.by_id(ALICE.session) is None
        assert await users.by_email("nobody@example.com") is None


async def test_a_hash_is_read_only_where_it_is_compared(database: Database) -> None:
    async with database.reads() as session:
        alice = await UserRepository(session).by_id(ALICE.id)
        assert alice
        with pytest.raises(InvalidRequestError, match="raiseload"):
            assert alice.password_hash
    async with database.reads() as session:
        alice = await UserRepository(session).by_email(ALICE.email)
        assert alice
        assert alice.password_hash == PASSWORD_HASH


async def test_a_hash_is_replaced_for_one_person_alone(database: Database) -> None:
    async with database.writes() as session:
        await UserRepository(session).replace_hash(ALICE.id, "new")

    async with database.reads() as session:
        users = UserRepository(session)
        found = [await users.by_email(person.email) for person in (ALICE, BOB)]
        assert [user.password_hash for user in found if user] == ["new", PASSWORD_HASH]


async def test_the_right_to_sign_in_is_held_if_it_is_as_it_was(database: Database) -> None:
    async def change() -> None:
        async with database.apart() as session:
            await UserRepository(session).replace_hash(ALICE.id, "new")

    async with database.apart() as session:
        users = UserRepository(session)
        assert await users.hold(ALICE.id, PASSWORD_HASH)
        assert not await users.hold(BOB.id, "another")
        changing = asyncio.create_task(change())
        await asyncio.sleep(0.1)
        assert not changing.done()
    await changing

    async with database.apart() as session:
        users = UserRepository(session)
        assert not await users.hold(ALICE.id, PASSWORD_HASH)
        await session.execute(update(User).values(active=False))
        assert not await users.hold(BOB.id, PASSWORD_HASH)


@pytest.mark.parametrize(
    ("email", "constraint"),
    [(ALICE.email, "uq_users_email"), ("Carol@example.com", "ck_users_email")],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, email: str, constraint: str
) -> None:
    async def add(**values: Any) -> None:
        async with database.writes() as session:
            await UserRepository(session).save(User(**values))

    with pytest.raises(IntegrityError) as caught:
        await add(email=email, password_hash="-")

    assert violated_constraint(caught.value) == constraint
