"""Meeting series to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Series
from app.repositories.series import SeriesRepository
from app.schemas.series import SeriesCreate
from app.tests.samples.team import add_team

numbers = itertools.count(1)


async def a_series(database: Database, /, **changes: Any) -> dict[str, Any]:
    """What somebody sends to create a series; no two are alike."""
    n = next(numbers)
    series = {
        "team_id": str((await add_team(database)).id),
        "title": f"Title {n}",
        "every": "day",
        "starts_at": "18:30:00",
    }
    return series | changes


async def add_series(database: Database, /, **changes: Any) -> Series:
    """Put a series into the database."""
    values = SeriesCreate.model_validate(await a_series(database, **changes)).model_dump()
    async with database.writes() as session:
        return await SeriesRepository(session).save(Series(**values))
