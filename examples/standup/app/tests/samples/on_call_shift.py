"""On call shifts to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import OnCallShift
from app.repositories.on_call_shift import OnCallShiftRepository
from app.schemas.on_call_shift import OnCallShiftCreate
from app.tests.people import BOB
from app.tests.samples.team import add_team

numbers = itertools.count(1)


async def an_on_call_shift(database: Database, /, **changes: Any) -> dict[str, Any]:
    """What somebody sends to create an on call shift; no two are alike."""
    on_call_shift = {
        "team_id": str((await add_team(database)).id),
        "person_id": str(BOB.id),
        "begins_at": "2030-12-31T18:30:00Z",
        "ends_at": "2030-12-31T18:30:00Z",
    }
    return on_call_shift | changes


async def add_on_call_shift(database: Database, /, **changes: Any) -> OnCallShift:
    """Put an on call shift into the database."""
    values = OnCallShiftCreate.model_validate(
        await an_on_call_shift(database, **changes)
    ).model_dump()
    async with database.writes() as session:
        return await OnCallShiftRepository(session).save(OnCallShift(**values))
