from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Series
from app.services.series import SeriesNotFound, TeamMissing
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.series import a_series, add_series

MEETING_SERIES = "/api/v1/meeting-series"
NOWHERE = f"{MEETING_SERIES}/{NO_ID}"


def at(series: Series) -> str:
    return f"{MEETING_SERIES}/{series.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", MEETING_SERIES),
        ("POST", MEETING_SERIES),
        ("GET", NOWHERE),
        ("PATCH", NOWHERE),
        ("DELETE", NOWHERE),
    ],
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_whoever_is_signed_in_reads_meeting_series(
    bob: AsyncClient, database: Database
) -> None:
    series = await add_series(database)

    assert (await bob.get(at(series))).status_code == 200
    assert str(series.id) in ids_of(await bob.get(MEETING_SERIES))


async def test_only_leads_write_meeting_series(
    lead: AsyncClient, alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    series = await add_series(database)
    sent = await a_series(database)
    before = (await lead.get(at(series))).json()

    for person in (alice, admin):
        assert_problem(await person.post(MEETING_SERIES, json=sent), Forbidden)
        assert_problem(await person.patch(at(series), json={"title": "C"}), Forbidden)
        assert_problem(await person.delete(at(series)), Forbidden)
    assert (await lead.get(MEETING_SERIES)).json()["items"] == [before]


async def test_a_lead_creates_changes_and_deletes_every_series(
    lead: AsyncClient, database: Database
) -> None:
    series = await add_series(database)
    sent = await a_series(database)

    assert (await lead.post(MEETING_SERIES, json=sent)).status_code == 201
    assert (await lead.patch(at(series), json={})).status_code == 200
    assert (await lead.delete(at(series))).status_code == 204


# Create, show, change, delete.


async def test_a_new_series_is_found_where_the_answer_says(
    lead: AsyncClient, database: Database
) -> None:
    sent = await a_series(database)

    made = await lead.post(MEETING_SERIES, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await lead.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_has_its_default_or_is_null(
    lead: AsyncClient, database: Database
) -> None:
    missing = {"every": "week"}
    sent = {key: value for key, value in (await a_series(database)).items() if key not in missing}

    made = await lead.post(MEETING_SERIES, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["team_id", "title", "starts_at"])
async def test_what_is_required_is_asked_for(
    lead: AsyncClient, database: Database, field: str
) -> None:
    sent = await a_series(database)
    del sent[field]

    assert_invalid(await lead.post(MEETING_SERIES, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", None),
        ("title", 1),
        ("title", ""),
        ("title", "x" * 81),
        ("title", "NUL \x00"),
        ("every", None),
        ("every", "unheard_of"),
        ("every", "DAY"),
        ("every", ""),
        ("every", 1),
        ("starts_at", None),
        ("starts_at", "noon"),
        ("starts_at", "25:00:00"),
        ("team_id", None),
        ("team_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    lead: AsyncClient, database: Database, field: str, value: Any
) -> None:
    series = await add_series(database)

    assert_invalid(
        await lead.post(MEETING_SERIES, json=await a_series(database, **{field: value})), field
    )
    assert_invalid(await lead.patch(at(series), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [("title", "A", "B"), ("every", "day", "week"), ("starts_at", "08:00:00", "09:30:00")],
)
async def test_a_change_leaves_the_rest_as_it_was(
    lead: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    series = await add_series(database, **{field: old})
    before = (await lead.get(at(series))).json()

    changed = await lead.patch(at(series), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await lead.get(at(series))).json() == after


async def test_a_change_of_nothing_changes_nothing(lead: AsyncClient, database: Database) -> None:
    series = await add_series(database)
    before = (await lead.get(at(series))).json()

    assert (await lead.patch(at(series), json={})).json() == before


async def test_a_deleted_series_is_gone(lead: AsyncClient, database: Database) -> None:
    series = await add_series(database)

    assert (await lead.delete(at(series))).status_code == 204
    assert_problem(await lead.get(at(series)), SeriesNotFound)
    assert_problem(await lead.patch(at(series), json={}), SeriesNotFound)
    assert_problem(await lead.delete(at(series)), SeriesNotFound)


async def test_an_id_that_nothing_has_is_not_found(lead: AsyncClient) -> None:
    assert_problem(await lead.get(NOWHERE), SeriesNotFound)
    assert_invalid(await lead.get(f"{MEETING_SERIES}/not-an-id"), "series_id")


# Beside other rows.


@pytest.mark.parametrize(("column", "error"), [("team_id", TeamMissing)])
async def test_what_is_referred_to_has_to_exist(
    lead: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await lead.post(MEETING_SERIES, json=await a_series(database, **nowhere))
    assert_problem(refused, error)
    series = await add_series(database)
    assert_problem(await lead.patch(at(series), json=nowhere), error)


# Lists.


async def test_a_list_has_the_newest_first(lead: AsyncClient, database: Database) -> None:
    meeting_series = [await add_series(database) for _ in range(3)]

    ids = [str(series.id) for series in reversed(meeting_series)]
    assert ids_of(await lead.get(MEETING_SERIES)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "title", "-title"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    lead: AsyncClient, database: Database, sort: str
) -> None:
    meeting_series = [
        await add_series(database, title=title) for title in ("B", "A", "B", "C", "B")
    ]

    items = await walk(lead, MEETING_SERIES, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(meeting_series, sort)


async def test_a_list_can_be_of_one_team(lead: AsyncClient, database: Database) -> None:
    series = await add_series(database)
    there, nowhere = {"team_id": str(series.team_id)}, {"team_id": str(uuid4())}

    assert ids_of(await lead.get(MEETING_SERIES, params=there)) == [str(series.id)]
    assert ids_of(await lead.get(MEETING_SERIES, params=nowhere)) == []


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "team_id"}, "sort"),
        ({"sort": "created_at; drop table meeting_series"}, "sort"),
        ({"team_id": "not-an-id"}, "team_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    lead: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await lead.get(MEETING_SERIES, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    lead: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_series(database)
    cursor = (await lead.get(MEETING_SERIES, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await lead.get(MEETING_SERIES, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    lead: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_series(database)

    with counted(database) as statements:
        found = await lead.get(MEETING_SERIES)

    assert len(ids_of(found)) == min(count, 20)
    # One more says who is calling.
    assert len(statements) == 2


async def test_one_row_costs_one_query(lead: AsyncClient, database: Database) -> None:
    series = await add_series(database)

    with counted(database) as statements:
        assert (await lead.get(at(series))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
