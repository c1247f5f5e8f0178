from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import User
from app.repositories.analysis import AnalysisRepository, owned_by
from app.schemas.analysis import AnalysisQuery
from app.tests.people import ALICE, BOB, SOMEBODY_NEW
from app.tests.queries import stored
from app.tests.samples.analysis import add_analysis
from app.tests.seed import seed_people


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    analysis = await add_analysis(database)

    async with database.writes() as session:
        analyses = AnalysisRepository(session)
        assert await analyses.get(owned_by(ALICE.id), analysis.id)
        assert await analyses.lock(owned_by(ALICE.id), analysis.id)
        assert (await analyses.page(owned_by(ALICE.id), AnalysisQuery())).items
        assert await analyses.get(owned_by(BOB.id), analysis.id) is None
        assert await analyses.lock(owned_by(BOB.id), analysis.id) is None
        assert (await analyses.page(owned_by(BOB.id), AnalysisQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"what_happened": ""}, "ck_analyses_what_happened"),
        ({"what_happened": "x" * 20001}, "ck_analyses_what_happened"),
        ({"duration_s": -1}, "ck_analyses_duration_s"),
        ({"duration_s": 9007199254740992}, "ck_analyses_duration_s"),
        ({"screenshot": b"x" * 1048577}, "ck_analyses_screenshot"),
        ({"team_id": uuid4()}, "fk_analyses_team_id"),
        ({"author_id": uuid4()}, "fk_analyses_author_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    analysis = await add_analysis(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await AnalysisRepository(session).change(analysis, changes)

    assert violated_constraint(caught.value) == constraint


async def test_analyses_keep_the_account_of_their_author(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    await add_analysis(database, SOMEBODY_NEW)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    assert violated_constraint(caught.value) == "fk_analyses_author_id"


async def test_a_removed_row_is_gone(database: Database) -> None:
    analysis = await add_analysis(database)

    async with database.writes() as session:
        analyses = AnalysisRepository(session)
        found = await analyses.lock(EVERY, analysis.id)
        assert found
        await analyses.remove(found)

    assert await stored(database, analysis) is None
