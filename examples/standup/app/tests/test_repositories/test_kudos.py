from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import Kudos, User
from app.repositories.kudos import KudosRepository
from app.schemas.kudos import KudosQuery
from app.tests.people import ALICE, BOB, SOMEBODY_NEW
from app.tests.queries import stored
from app.tests.samples.kudos import add_kudos
from app.tests.seed import seed_people


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    kudos = await add_kudos(database)

    async with database.writes() as session:
        thanks = KudosRepository(session)
        assert await thanks.get(Kudos.id == kudos.id, kudos.id)
        assert await thanks.lock(Kudos.id == kudos.id, kudos.id)
        assert (await thanks.page(Kudos.id == kudos.id, KudosQuery())).items
        assert await thanks.get(Kudos.id != kudos.id, kudos.id) is None
        assert await thanks.lock(Kudos.id != kudos.id, kudos.id) is None
        assert (await thanks.page(Kudos.id != kudos.id, KudosQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"for_what": ""}, "ck_thanks_for_what"),
        ({"from_person_id": uuid4()}, "fk_thanks_from_person_id"),
        ({"to_person_id": uuid4()}, "fk_thanks_to_person_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    kudos = await add_kudos(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await KudosRepository(session).change(kudos, changes)

    assert violated_constraint(caught.value) == constraint


async def test_thanks_go_with_their_from_person(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    kudos = await add_kudos(database, SOMEBODY_NEW, to_person_id=str(ALICE.id))

    async with database.writes() as session:
        await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    assert await stored(database, kudos) is None


async def test_thanks_go_with_their_to_person(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    kudos = await add_kudos(database, to_person_id=str(SOMEBODY_NEW.id))

    async with database.writes() as session:
        await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    assert await stored(database, kudos) is None


async def test_a_removed_row_is_gone(database: Database) -> None:
    kudos = await add_kudos(database)

    async with database.writes() as session:
        thanks = KudosRepository(session)
        found = await thanks.lock(EVERY, kudos.id)
        assert found
        await thanks.remove(found)

    assert await stored(database, kudos) is None


async def test_the_kudos_given_of_a_person_are_what_refers_to_them(database: Database) -> None:
    kudos = await add_kudos(database, BOB)
    await add_kudos(database)

    async with database.reads() as session:
        asked = [selectinload(User.kudos_given)]
        found = await session.get(User, BOB.id, options=asked)

    assert found
    assert [each.id for each in found.kudos_given] == [kudos.id]


async def test_the_kudos_received_of_a_person_are_what_refers_to_them(database: Database) -> None:
    kudos = await add_kudos(database, to_person_id=str(BOB.id))
    await add_kudos(database, to_person_id=str(ALICE.id))

    async with database.reads() as session:
        asked = [selectinload(User.kudos_received)]
        found = await session.get(User, BOB.id, options=asked)

    assert found
    assert [each.id for each in found.kudos_received] == [kudos.id]
