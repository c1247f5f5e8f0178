"""Analyses to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Analysis
from app.repositories.analysis import AnalysisRepository
from app.schemas.analysis import AnalysisCreate
from app.tests.people import ALICE, Person
from app.tests.samples.team import add_team

numbers = itertools.count(1)


async def an_analysis(database: Database, /, **changes: Any) -> dict[str, Any]:
    """What somebody sends to create an analysis; no two are alike."""
    n = next(numbers)
    analysis = {
        "team_id": str((await add_team(database)).id),
        "what_happened": f"What happened {n}",
        "happened_on": "2030-12-31",
        "duration_s": 3,
        "is_public": True,
        "raw_data": {"colour": "red", "sizes": [1, 2.5]},
        "screenshot": "aGVsbG8=",
    }
    return analysis | changes


async def add_analysis(database: Database, owner: Person = ALICE, /, **changes: Any) -> Analysis:
    """Put an analysis into the database."""
    values = AnalysisCreate.model_validate(await an_analysis(database, **changes)).model_dump()
    async with database.writes() as session:
        return await AnalysisRepository(session).save(Analysis(author_id=owner.id, **values))
