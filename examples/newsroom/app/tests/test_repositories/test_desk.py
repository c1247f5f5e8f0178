from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import Desk, User
from app.repositories.desk import DeskRepository
from app.schemas.desk import DeskQuery
from app.tests.people import SOMEBODY_NEW
from app.tests.queries import stored
from app.tests.samples.desk import a_desk, add_desk
from app.tests.seed import seed_people


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    desk = await add_desk(database)

    async with database.writes() as session:
        desks = DeskRepository(session)
        assert await desks.get(Desk.id == desk.id, desk.id)
        assert await desks.lock(Desk.id == desk.id, desk.id)
        assert (await desks.page(Desk.id == desk.id, DeskQuery())).items
        assert await desks.get(Desk.id != desk.id, desk.id) is None
        assert await desks.lock(Desk.id != desk.id, desk.id) is None
        assert (await desks.page(Desk.id != desk.id, DeskQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [({"name": ""}, "ck_desks_name"), ({"lead_id": uuid4()}, "fk_desks_lead_id")],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    desk = await add_desk(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await DeskRepository(session).change(desk, changes)

    assert violated_constraint(caught.value) == constraint


async def test_no_two_desks_share_name(database: Database) -> None:
    same = {"name": a_desk()["name"]}
    await add_desk(database, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_desk(database, **same)

    assert violated_constraint(caught.value) == "uq_desks_name"


async def test_desks_outlive_their_lead(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    desk = await add_desk(database, lead_id=str(SOMEBODY_NEW.id))

    async with database.writes() as session:
        await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    left = await stored(database, desk)
    assert left
    assert left.lead_id is None


async def test_a_removed_row_is_gone(database: Database) -> None:
    desk = await add_desk(database)

    async with database.writes() as session:
        desks = DeskRepository(session)
        found = await desks.lock(EVERY, desk.id)
        assert found
        await desks.remove(found)

    assert await stored(database, desk) is None
