from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import Series
from app.repositories.series import SeriesRepository
from app.schemas.series import SeriesQuery
from app.tests.queries import stored
from app.tests.samples.series import add_series


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    series = await add_series(database)

    async with database.writes() as session:
        meeting_series = SeriesRepository(session)
        assert await meeting_series.get(Series.id == series.id, series.id)
        assert await meeting_series.lock(Series.id == series.id, series.id)
        assert (await meeting_series.page(Series.id == series.id, SeriesQuery())).items
        assert await meeting_series.get(Series.id != series.id, series.id) is None
        assert await meeting_series.lock(Series.id != series.id, series.id) is None
        assert (await meeting_series.page(Series.id != series.id, SeriesQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"title": ""}, "ck_meeting_series_title"),
        ({"every": "unheard_of"}, "ck_meeting_series_every"),
        ({"every": "DAY"}, "ck_meeting_series_every"),
        ({"every": ""}, "ck_meeting_series_every"),
        ({"team_id": uuid4()}, "fk_meeting_series_team_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    series = await add_series(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await SeriesRepository(session).change(series, changes)

    assert violated_constraint(caught.value) == constraint


async def test_a_removed_row_is_gone(database: Database) -> None:
    series = await add_series(database)

    async with database.writes() as session:
        meeting_series = SeriesRepository(session)
        found = await meeting_series.lock(EVERY, series.id)
        assert found
        await meeting_series.remove(found)

    assert await stored(database, series) is None
