from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Kudos
from app.services.kudos import KudosNotFound, ToPersonMissing
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ADMIN, ALICE, BOB
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.kudos import a_kudos, add_kudos

THANKS = "/api/v1/thanks"
NOWHERE = f"{THANKS}/{NO_ID}"


def at(kudos: Kudos) -> str:
    return f"{THANKS}/{kudos.id}"


# Who may do what.


@pytest.mark.parametrize(("method", "path"), [("GET", THANKS), ("POST", THANKS), ("GET", NOWHERE)])
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_whoever_is_signed_in_reads_and_creates_thanks(
    bob: AsyncClient, database: Database
) -> None:
    kudos = await add_kudos(database)
    sent = a_kudos()

    assert (await bob.get(at(kudos))).status_code == 200
    assert str(kudos.id) in ids_of(await bob.get(THANKS))
    assert (await bob.post(THANKS, json=sent)).status_code == 201


async def test_a_kudos_belongs_to_who_made_it(alice: AsyncClient) -> None:
    theirs = {"from_person_id": str(BOB.id)}

    made = await alice.post(THANKS, json=a_kudos())

    assert made.json()["from_person_id"] == str(ALICE.id)
    assert_invalid(await alice.post(THANKS, json=a_kudos(**theirs)), "from_person_id")
    path = made.headers["location"]
    assert (await alice.get(path)).json()["from_person_id"] == str(ALICE.id)


# Create, show, change, delete.


async def test_a_new_kudos_is_found_where_the_answer_says(alice: AsyncClient) -> None:
    sent = a_kudos()

    made = await alice.post(THANKS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await alice.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


@pytest.mark.parametrize("field", ["to_person_id", "for_what"])
async def test_what_is_required_is_asked_for(alice: AsyncClient, field: str) -> None:
    sent = a_kudos()
    del sent[field]

    assert_invalid(await alice.post(THANKS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("for_what", None),
        ("for_what", 1),
        ("for_what", ""),
        ("for_what", "x" * 281),
        ("for_what", "NUL \x00"),
        ("to_person_id", None),
        ("to_person_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    alice: AsyncClient, field: str, value: Any
) -> None:
    assert_invalid(await alice.post(THANKS, json=a_kudos(**{field: value})), field)


async def test_an_id_that_nothing_has_is_not_found(alice: AsyncClient) -> None:
    assert_problem(await alice.get(NOWHERE), KudosNotFound)
    assert_invalid(await alice.get(f"{THANKS}/not-an-id"), "kudos_id")


@pytest.mark.parametrize(
    ("method", "path", "answer"), [("PATCH", NOWHERE, 405), ("DELETE", NOWHERE, 405)]
)
async def test_nothing_else_can_be_asked_for(
    alice: AsyncClient, method: str, path: str, answer: int
) -> None:
    assert (await alice.request(method, path, json={})).status_code == answer


# Beside other rows.


@pytest.mark.parametrize(("column", "error"), [("to_person_id", ToPersonMissing)])
async def test_what_is_referred_to_has_to_exist(
    alice: AsyncClient, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await alice.post(THANKS, json=a_kudos(**nowhere))
    assert_problem(refused, error)


# Lists.


async def test_a_list_has_the_newest_first(alice: AsyncClient, database: Database) -> None:
    thanks = [await add_kudos(database) for _ in range(3)]

    ids = [str(kudos.id) for kudos in reversed(thanks)]
    assert ids_of(await alice.get(THANKS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    alice: AsyncClient, database: Database, sort: str
) -> None:
    thanks = [await add_kudos(database) for _ in range(5)]

    items = await walk(alice, THANKS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(thanks, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"to_person_id": str(ALICE.id)}, {"one"}),
        ({"to_person_id": str(BOB.id)}, {"two"}),
        ({"from_person_id": str(ALICE.id)}, {"one", "two", "three"}),
        ({"from_person_id": str(BOB.id)}, set()),
    ],
)
async def test_a_filter_finds_what_it_says(
    alice: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_kudos(database, to_person_id=str(ALICE.id)),
        "two": await add_kudos(database, to_person_id=str(BOB.id)),
        "three": await add_kudos(database, to_person_id=str(ADMIN.id)),
    }

    found = await alice.get(THANKS, params=params)

    assert which(rows, found) == names


@pytest.mark.parametrize(
    ("words", "found"),
    [("fox quick", True), ("fox -quick", False), ("bear", False), ("'\"(&|!:*", False)],
)
async def test_a_search_finds_words_in_any_order(
    alice: AsyncClient, database: Database, words: str, found: bool
) -> None:
    await add_kudos(database, for_what="The quick brown fox")

    assert bool(ids_of(await alice.get(THANKS, params={"q": words}))) is found


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "from_person_id"}, "sort"),
        ({"sort": "created_at; drop table thanks"}, "sort"),
        ({"q": ""}, "q"),
        ({"from_person_id": "not-an-id"}, "from_person_id"),
        ({"to_person_id": "not-an-id"}, "to_person_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    alice: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await alice.get(THANKS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    alice: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_kudos(database)
    cursor = (await alice.get(THANKS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await alice.get(THANKS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    alice: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_kudos(database)

    with counted(database) as statements:
        found = await alice.get(THANKS)

    assert len(ids_of(found)) == min(count, 20)
    # One more says who is calling.
    assert len(statements) == 2


async def test_one_row_costs_one_query(alice: AsyncClient, database: Database) -> None:
    kudos = await add_kudos(database)

    with counted(database) as statements:
        assert (await alice.get(at(kudos))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
