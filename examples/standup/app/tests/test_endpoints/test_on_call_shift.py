from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import OnCallShift
from app.services.on_call_shift import (
    OnCallShiftNotFound,
    PersonMissing,
    SwappedWithItself,
    SwappedWithMissing,
    TeamMissing,
)
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ADMIN, ALICE, BOB
from app.tests.queries import counted, stored
from app.tests.samples import NO_ID
from app.tests.samples.on_call_shift import add_on_call_shift, an_on_call_shift

ON_CALL_SHIFTS = "/api/v1/on-call-shifts"
NOWHERE = f"{ON_CALL_SHIFTS}/{NO_ID}"


def at(on_call_shift: OnCallShift) -> str:
    return f"{ON_CALL_SHIFTS}/{on_call_shift.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ON_CALL_SHIFTS),
        ("POST", ON_CALL_SHIFTS),
        ("GET", NOWHERE),
        ("PATCH", NOWHERE),
        ("DELETE", NOWHERE),
    ],
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_whoever_is_signed_in_reads_on_call_shifts(
    bob: AsyncClient, database: Database
) -> None:
    on_call_shift = await add_on_call_shift(database)

    assert (await bob.get(at(on_call_shift))).status_code == 200
    assert str(on_call_shift.id) in ids_of(await bob.get(ON_CALL_SHIFTS))


async def test_only_leads_write_on_call_shifts(
    lead: AsyncClient, alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    on_call_shift = await add_on_call_shift(database)
    sent = await an_on_call_shift(database)
    before = (await lead.get(at(on_call_shift))).json()

    for person in (alice, admin):
        assert_problem(await person.post(ON_CALL_SHIFTS, json=sent), Forbidden)
        assert_problem(
            await person.patch(at(on_call_shift), json={"begins_at": "2030-01-03T18:30:00Z"}),
            Forbidden,
        )
        assert_problem(await person.delete(at(on_call_shift)), Forbidden)
    assert (await lead.get(ON_CALL_SHIFTS)).json()["items"] == [before]


async def test_a_lead_creates_changes_and_deletes_every_on_call_shift(
    lead: AsyncClient, database: Database
) -> None:
    on_call_shift = await add_on_call_shift(database)
    sent = await an_on_call_shift(database)

    assert (await lead.post(ON_CALL_SHIFTS, json=sent)).status_code == 201
    assert (await lead.patch(at(on_call_shift), json={})).status_code == 200
    assert (await lead.delete(at(on_call_shift))).status_code == 204


# Create, show, change, delete.


async def test_a_new_on_call_shift_is_found_where_the_answer_says(
    lead: AsyncClient, database: Database
) -> None:
    sent = await an_on_call_shift(database)

    made = await lead.post(ON_CALL_SHIFTS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await lead.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_is_null(lead: AsyncClient, database: Database) -> None:
    missing = {"swapped_with_id": None}
    sent = {
        key: value
        for key, value in (await an_on_call_shift(database)).items()
        if key not in missing
    }

    made = await lead.post(ON_CALL_SHIFTS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["team_id", "person_id", "begins_at", "ends_at"])
async def test_what_is_required_is_asked_for(
    lead: AsyncClient, database: Database, field: str
) -> None:
    sent = await an_on_call_shift(database)
    del sent[field]

    assert_invalid(await lead.post(ON_CALL_SHIFTS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("begins_at", None),
        ("begins_at", "now"),
        ("begins_at", 1924972200),
        ("begins_at", "2030-12-31T18:30:00"),
        ("ends_at", None),
        ("ends_at", "now"),
        ("ends_at", 1924972200),
        ("ends_at", "2030-12-31T18:30:00"),
        ("team_id", None),
        ("team_id", "not-an-id"),
        ("person_id", None),
        ("person_id", "not-an-id"),
        ("swapped_with_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    lead: AsyncClient, database: Database, field: str, value: Any
) -> None:
    on_call_shift = await add_on_call_shift(database)

    assert_invalid(
        await lead.post(ON_CALL_SHIFTS, json=await an_on_call_shift(database, **{field: value})),
        field,
    )
    assert_invalid(await lead.patch(at(on_call_shift), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("begins_at", "2030-01-01T18:30:00Z", "2030-01-02T18:30:00Z"),
        ("ends_at", "2030-01-01T18:30:00Z", "2030-01-02T18:30:00Z"),
    ],
)
async def test_a_change_leaves_the_rest_as_it_was(
    lead: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    on_call_shift = await add_on_call_shift(database, **{field: old})
    before = (await lead.get(at(on_call_shift))).json()

    changed = await lead.patch(at(on_call_shift), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await lead.get(at(on_call_shift))).json() == after


async def test_a_change_of_nothing_changes_nothing(lead: AsyncClient, database: Database) -> None:
    on_call_shift = await add_on_call_shift(database)
    before = (await lead.get(at(on_call_shift))).json()

    assert (await lead.patch(at(on_call_shift), json={})).json() == before


async def test_a_deleted_on_call_shift_is_gone(lead: AsyncClient, database: Database) -> None:
    on_call_shift = await add_on_call_shift(database)

    assert (await lead.delete(at(on_call_shift))).status_code == 204
    assert_problem(await lead.get(at(on_call_shift)), OnCallShiftNotFound)
    assert_problem(await lead.patch(at(on_call_shift), json={}), OnCallShiftNotFound)
    assert_problem(await lead.delete(at(on_call_shift)), OnCallShiftNotFound)


async def test_an_id_that_nothing_has_is_not_found(lead: AsyncClient) -> None:
    assert_problem(await lead.get(NOWHERE), OnCallShiftNotFound)
    assert_invalid(await lead.get(f"{ON_CALL_SHIFTS}/not-an-id"), "on_call_shift_id")


# Beside other rows.


@pytest.mark.parametrize(
    ("column", "error"),
    [
        ("team_id", TeamMissing),
        ("person_id", PersonMissing),
        ("swapped_with_id", SwappedWithMissing),
    ],
)
async def test_what_is_referred_to_has_to_exist(
    lead: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await lead.post(ON_CALL_SHIFTS, json=await an_on_call_shift(database, **nowhere))
    assert_problem(refused, error)
    on_call_shift = await add_on_call_shift(database)
    assert_problem(await lead.patch(at(on_call_shift), json=nowhere), error)


async def test_an_on_call_shift_is_not_its_own_swapped_with(
    lead: AsyncClient, database: Database
) -> None:
    on_call_shift = await add_on_call_shift(database)

    refused = await lead.patch(at(on_call_shift), json={"swapped_with_id": str(on_call_shift.id)})

    assert_problem(refused, SwappedWithItself)


async def test_an_on_call_shift_leaves_behind_its_on_call_shifts(
    lead: AsyncClient, database: Database
) -> None:
    on_call_shift = await add_on_call_shift(database)
    other = await add_on_call_shift(database, swapped_with_id=str(on_call_shift.id))

    assert (await lead.delete(at(on_call_shift))).status_code == 204
    left = await stored(database, other)
    assert left
    assert left.swapped_with_id is None


# Lists.


async def test_a_list_has_the_newest_first(lead: AsyncClient, database: Database) -> None:
    on_call_shifts = [await add_on_call_shift(database) for _ in range(3)]

    ids = [str(on_call_shift.id) for on_call_shift in reversed(on_call_shifts)]
    assert ids_of(await lead.get(ON_CALL_SHIFTS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "begins_at", "-begins_at"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    lead: AsyncClient, database: Database, sort: str
) -> None:
    on_call_shifts = [
        await add_on_call_shift(database, begins_at=begins_at)
        for begins_at in (
            "2030-01-02T18:30:00Z",
            "2030-01-01T18:30:00Z",
            "2030-01-02T18:30:00Z",
            "2030-01-03T18:30:00Z",
            "2030-01-02T18:30:00Z",
        )
    ]

    items = await walk(lead, ON_CALL_SHIFTS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(on_call_shifts, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"begins_at": "2030-01-01T18:30:00Z"}, {"one"}),
        ({"begins_at": ["2030-01-01T18:30:00Z", "2030-01-02T18:30:00Z"]}, {"one", "two"}),
        ({"begins_at_gte": "2030-01-03T18:30:00Z"}, {"three"}),
        ({"begins_at_lte": "2030-01-01T18:30:00Z"}, {"one"}),
        ({"person_id": str(ALICE.id)}, {"one"}),
        ({"person_id": str(BOB.id)}, {"two"}),
    ],
)
async def test_a_filter_finds_what_it_says(
    lead: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_on_call_shift(
            database, begins_at="2030-01-01T18:30:00Z", person_id=str(ALICE.id)
        ),
        "two": await add_on_call_shift(
            database, begins_at="2030-01-02T18:30:00Z", person_id=str(BOB.id)
        ),
        "three": await add_on_call_shift(
            database, begins_at="2030-01-03T18:30:00Z", person_id=str(ADMIN.id)
        ),
    }

    found = await lead.get(ON_CALL_SHIFTS, params=params)

    assert which(rows, found) == names


async def test_a_list_can_be_of_one_team(lead: AsyncClient, database: Database) -> None:
    on_call_shift = await add_on_call_shift(database)
    there, nowhere = {"team_id": str(on_call_shift.team_id)}, {"team_id": str(uuid4())}

    assert ids_of(await lead.get(ON_CALL_SHIFTS, params=there)) == [str(on_call_shift.id)]
    assert ids_of(await lead.get(ON_CALL_SHIFTS, params=nowhere)) == []


async def test_a_list_can_be_of_one_swapped_with(lead: AsyncClient, database: Database) -> None:
    on_call_shift = await add_on_call_shift(
        database, swapped_with_id=str((await add_on_call_shift(database)).id)
    )
    there, nowhere = (
        {"swapped_with_id": str(on_call_shift.swapped_with_id)},
        {"swapped_with_id": str(uuid4())},
    )

    assert ids_of(await lead.get(ON_CALL_SHIFTS, params=there)) == [str(on_call_shift.id)]
    assert ids_of(await lead.get(ON_CALL_SHIFTS, params=nowhere)) == []
    assert ids_of(await lead.get(ON_CALL_SHIFTS, params={"swapped_with_id_isnull": True})) == [
        str(on_call_shift.swapped_with_id)
    ]


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "team_id"}, "sort"),
        ({"sort": "created_at; drop table on_call_shifts"}, "sort"),
        ({"begins_at": "now"}, "begins_at"),
        ({"team_id": "not-an-id"}, "team_id"),
        ({"person_id": "not-an-id"}, "person_id"),
        ({"swapped_with_id": "not-an-id"}, "swapped_with_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    lead: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await lead.get(ON_CALL_SHIFTS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    lead: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_on_call_shift(database)
    cursor = (await lead.get(ON_CALL_SHIFTS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await lead.get(ON_CALL_SHIFTS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    lead: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_on_call_shift(database)

    with counted(database) as statements:
        found = await lead.get(ON_CALL_SHIFTS)

    assert len(ids_of(found)) == min(count, 20)
    # One more says who is calling.
    assert len(statements) == 2


async def test_one_row_costs_one_query(lead: AsyncClient, database: Database) -> None:
    on_call_shift = await add_on_call_shift(database)

    with counted(database) as statements:
        assert (await lead.get(at(on_call_shift))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
