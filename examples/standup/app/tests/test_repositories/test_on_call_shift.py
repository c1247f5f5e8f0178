from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import OnCallShift, User
from app.repositories.on_call_shift import OnCallShiftRepository
from app.schemas.on_call_shift import OnCallShiftQuery
from app.tests.people import SOMEBODY_NEW
from app.tests.queries import stored
from app.tests.samples.on_call_shift import add_on_call_shift
from app.tests.seed import seed_people


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    on_call_shift = await add_on_call_shift(database)

    async with database.writes() as session:
        on_call_shifts = OnCallShiftRepository(session)
        assert await on_call_shifts.get(OnCallShift.id == on_call_shift.id, on_call_shift.id)
        assert await on_call_shifts.lock(OnCallShift.id == on_call_shift.id, on_call_shift.id)
        assert (
            await on_call_shifts.page(OnCallShift.id == on_call_shift.id, OnCallShiftQuery())
        ).items
        assert (
            await on_call_shifts.get(OnCallShift.id != on_call_shift.id, on_call_shift.id) is None
        )
        assert (
            await on_call_shifts.lock(OnCallShift.id != on_call_shift.id, on_call_shift.id) is None
        )
        assert (
            await on_call_shifts.page(OnCallShift.id != on_call_shift.id, OnCallShiftQuery())
        ).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"team_id": uuid4()}, "fk_on_call_shifts_team_id"),
        ({"person_id": uuid4()}, "fk_on_call_shifts_person_id"),
        ({"swapped_with_id": uuid4()}, "fk_on_call_shifts_swapped_with_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    on_call_shift = await add_on_call_shift(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await OnCallShiftRepository(session).change(on_call_shift, changes)

    assert violated_constraint(caught.value) == constraint


async def test_on_call_shifts_keep_the_account_of_their_person(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    await add_on_call_shift(database, person_id=str(SOMEBODY_NEW.id))

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    assert violated_constraint(caught.value) == "fk_on_call_shifts_person_id"


async def test_a_removed_row_is_gone(database: Database) -> None:
    on_call_shift = await add_on_call_shift(database)

    async with database.writes() as session:
        on_call_shifts = OnCallShiftRepository(session)
        found = await on_call_shifts.lock(EVERY, on_call_shift.id)
        assert found
        await on_call_shifts.remove(found)

    assert await stored(database, on_call_shift) is None
