"""Teams to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Team
from app.repositories.team import TeamRepository
from app.schemas.team import TeamCreate

numbers = itertools.count(1)


def a_team(**changes: Any) -> dict[str, Any]:
    """What somebody sends to create a team; no two are alike."""
    n = next(numbers)
    team = {
        "name": f"Name {n}",
    }
    return team | changes


async def add_team(database: Database, /, **changes: Any) -> Team:
    """Put a team into the database."""
    sent = TeamCreate.model_validate(a_team(**changes))
    async with database.writes() as session:
        teams = TeamRepository(session)
        team = Team(**sent.model_dump(exclude={"member_ids"}))
        await teams.save(team)
        await teams.add_members(team, sent.member_ids)
        return team
