from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Review
from app.services.review import BookMissing, BookTaken, ReviewNotFound
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ALICE, BOB
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.review import a_review, add_review

REVIEWS = "/api/v1/reviews"
NOWHERE = f"{REVIEWS}/{NO_ID}"


def at(review: Review) -> str:
    return f"{REVIEWS}/{review.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"), [("POST", REVIEWS), ("PATCH", NOWHERE), ("DELETE", NOWHERE)]
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_everybody_reads_reviews(visitor: AsyncClient, database: Database) -> None:
    review = await add_review(database)

    assert (await visitor.get(at(review))).status_code == 200
    assert ids_of(await visitor.get(REVIEWS)) == [str(review.id)]


async def test_nobody_changes_or_deletes_a_review_of_somebody_else(
    alice: AsyncClient,
    bob: AsyncClient,
    editor: AsyncClient,
    admin: AsyncClient,
    database: Database,
) -> None:
    review = await add_review(database)
    before = (await alice.get(at(review))).json()

    for person in (bob, editor, admin):
        assert_problem(await person.patch(at(review), json={"stars": 3}), ReviewNotFound)
        assert_problem(await person.delete(at(review)), ReviewNotFound)
    assert (await alice.get(at(review))).json() == before


async def test_a_review_belongs_to_who_made_it(alice: AsyncClient, database: Database) -> None:
    theirs = {"author_id": str(BOB.id)}

    made = await alice.post(REVIEWS, json=await a_review(database))

    assert made.json()["author_id"] == str(ALICE.id)
    assert_invalid(await alice.post(REVIEWS, json=await a_review(database, **theirs)), "author_id")
    path = made.headers["location"]
    assert_invalid(await alice.patch(path, json=theirs), "author_id")
    assert (await alice.get(path)).json()["author_id"] == str(ALICE.id)


# Create, show, change, delete.


async def test_a_new_review_is_found_where_the_answer_says(
    alice: AsyncClient, database: Database
) -> None:
    sent = await a_review(database)

    made = await alice.post(REVIEWS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await alice.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_is_null(alice: AsyncClient, database: Database) -> None:
    missing = {"text": None}
    sent = {key: value for key, value in (await a_review(database)).items() if key not in missing}

    made = await alice.post(REVIEWS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["book_id", "stars"])
async def test_what_is_required_is_asked_for(
    alice: AsyncClient, database: Database, field: str
) -> None:
    sent = await a_review(database)
    del sent[field]

    assert_invalid(await alice.post(REVIEWS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stars", None),
        ("stars", "3"),
        ("stars", True),
        ("stars", 1.5),
        ("stars", 0),
        ("stars", 6),
        ("text", 1),
        ("text", "x" * 4001),
        ("text", "NUL \x00"),
        ("book_id", None),
        ("book_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    alice: AsyncClient, database: Database, field: str, value: Any
) -> None:
    review = await add_review(database)

    assert_invalid(
        await alice.post(REVIEWS, json=await a_review(database, **{field: value})), field
    )
    assert_invalid(await alice.patch(at(review), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"), [("stars", 1, 2), ("text", "A", "B"), ("text", "A", None)]
)
async def test_a_change_leaves_the_rest_as_it_was(
    alice: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    review = await add_review(database, **{field: old})
    before = (await alice.get(at(review))).json()

    changed = await alice.patch(at(review), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await alice.get(at(review))).json() == after


async def test_a_change_of_nothing_changes_nothing(alice: AsyncClient, database: Database) -> None:
    review = await add_review(database)
    before = (await alice.get(at(review))).json()

    assert (await alice.patch(at(review), json={})).json() == before


async def test_a_deleted_review_is_gone(alice: AsyncClient, database: Database) -> None:
    review = await add_review(database)

    assert (await alice.delete(at(review))).status_code == 204
    assert_problem(await alice.get(at(review)), ReviewNotFound)
    assert_problem(await alice.patch(at(review), json={}), ReviewNotFound)
    assert_problem(await alice.delete(at(review)), ReviewNotFound)


async def test_an_id_that_nothing_has_is_not_found(alice: AsyncClient) -> None:
    assert_problem(await alice.get(NOWHERE), ReviewNotFound)
    assert_invalid(await alice.get(f"{REVIEWS}/not-an-id"), "review_id")


# Beside other rows.


async def test_an_owner_has_one_review_of_one_book(
    alice: AsyncClient, bob: AsyncClient, database: Database
) -> None:
    review = await add_review(database)
    same = {"book_id": (await a_review(database))["book_id"]}
    await add_review(database, **same)

    refused = await alice.post(REVIEWS, json=await a_review(database, **same))
    assert_problem(refused, BookTaken)
    assert_problem(await alice.patch(at(review), json=same), BookTaken)
    assert (await bob.post(REVIEWS, json=await a_review(database, **same))).status_code == 201


@pytest.mark.parametrize(("column", "error"), [("book_id", BookMissing)])
async def test_what_is_referred_to_has_to_exist(
    alice: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await alice.post(REVIEWS, json=await a_review(database, **nowhere))
    assert_problem(refused, error)
    review = await add_review(database)
    assert_problem(await alice.patch(at(review), json=nowhere), error)


# Lists.


async def test_a_list_has_the_newest_first(visitor: AsyncClient, database: Database) -> None:
    reviews = [await add_review(database) for _ in range(3)]

    ids = [str(review.id) for review in reversed(reviews)]
    assert ids_of(await visitor.get(REVIEWS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    visitor: AsyncClient, database: Database, sort: str
) -> None:
    reviews = [await add_review(database) for _ in range(5)]

    items = await walk(visitor, REVIEWS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(reviews, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"stars": 1}, {"one"}),
        ({"stars": [1, 2]}, {"one", "two"}),
        ({"stars_gte": 3}, {"three"}),
        ({"stars_lte": 1}, {"one"}),
        ({"author_id": str(ALICE.id)}, {"one", "two", "three"}),
        ({"author_id": str(BOB.id)}, set()),
    ],
)
async def test_a_filter_finds_what_it_says(
    visitor: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_review(database, stars=1),
        "two": await add_review(database, stars=2),
        "three": await add_review(database, stars=3),
    }

    found = await visitor.get(REVIEWS, params=params)

    assert which(rows, found) == names


async def test_a_list_can_be_of_one_book(visitor: AsyncClient, database: Database) -> None:
    review = await add_review(database)
    there, nowhere = {"book_id": str(review.book_id)}, {"book_id": str(uuid4())}

    assert ids_of(await visitor.get(REVIEWS, params=there)) == [str(review.id)]
    assert ids_of(await visitor.get(REVIEWS, params=nowhere)) == []


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "book_id"}, "sort"),
        ({"sort": "created_at; drop table reviews"}, "sort"),
        ({"stars": "many"}, "stars"),
        ({"stars_gte": 0}, "stars_gte"),
        ({"book_id": "not-an-id"}, "book_id"),
        ({"author_id": "not-an-id"}, "author_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    visitor: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await visitor.get(REVIEWS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    visitor: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_review(database)
    cursor = (await visitor.get(REVIEWS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await visitor.get(REVIEWS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    visitor: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_review(database)

    with counted(database) as statements:
        found = await visitor.get(REVIEWS)

    assert len(ids_of(found)) == min(count, 20)
    assert len(statements) == 1


async def test_one_row_costs_one_query(visitor: AsyncClient, database: Database) -> None:
    review = await add_review(database)

    with counted(database) as statements:
        assert (await visitor.get(at(review))).status_code == 200

    assert len(statements) == 1
