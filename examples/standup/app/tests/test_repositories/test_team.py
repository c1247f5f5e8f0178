from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import Team, User
from app.models.team import team_members
from app.repositories.team import TeamRepository
from app.schemas.team import TeamQuery
from app.tests.people import ADMIN
from app.tests.queries import stored
from app.tests.samples.team import a_team, add_team


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    team = await add_team(database)

    async with database.writes() as session:
        teams = TeamRepository(session)
        assert await teams.get(Team.id == team.id, team.id)
        assert await teams.lock(Team.id == team.id, team.id)
        assert (await teams.page(Team.id == team.id, TeamQuery())).items
        assert await teams.get(Team.id != team.id, team.id) is None
        assert await teams.lock(Team.id != team.id, team.id) is None
        assert (await teams.page(Team.id != team.id, TeamQuery())).items == []


@pytest.mark.parametrize(("changes", "constraint"), [({"name": ""}, "ck_teams_name")])
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    team = await add_team(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await TeamRepository(session).change(team, changes)

    assert violated_constraint(caught.value) == constraint


async def test_no_two_teams_share_name(database: Database) -> None:
    same = {"name": a_team()["name"]}
    await add_team(database, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_team(database, **same)

    assert violated_constraint(caught.value) == "uq_teams_name"


async def test_a_team_takes_the_links_to_its_members_along(database: Database) -> None:
    ids = [str(ADMIN.id)]
    team = await add_team(database, member_ids=ids)
    linked = select(func.count()).select_from(team_members)

    async with database.writes() as session:
        assert await session.scalar(linked) == len(ids)
        await session.execute(delete(Team).where(Team.id == team.id))
        assert await session.scalar(linked) == 0


async def test_a_team_loses_the_links_to_members_that_go(database: Database) -> None:
    ids = [str(ADMIN.id)]
    await add_team(database, member_ids=ids)
    linked = select(func.count()).select_from(team_members)

    async with database.writes() as session:
        assert await session.scalar(linked) == len(ids)
        await session.execute(delete(User).where(User.id == ADMIN.id))
        assert await session.scalar(linked) == len(ids) - 1


async def test_a_removed_row_is_gone(database: Database) -> None:
    team = await add_team(database)

    async with database.writes() as session:
        teams = TeamRepository(session)
        found = await teams.lock(EVERY, team.id)
        assert found
        await teams.remove(found)

    assert await stored(database, team) is None
