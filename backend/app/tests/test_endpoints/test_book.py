from typing import Any

import pytest
from httpx import AsyncClient

from app.core.errors import Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Book
from app.services.book import BookNotFound, IsbnTaken
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ALICE, BOB
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.book import a_book, add_book

BOOKS = "/api/v1/books"
NOWHERE = f"{BOOKS}/{NO_ID}"


def at(book: Book) -> str:
    return f"{BOOKS}/{book.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", BOOKS), ("POST", BOOKS), ("GET", NOWHERE), ("PATCH", NOWHERE), ("DELETE", NOWHERE)],
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_a_book_is_invisible_to_other_people(
    bob: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    book = await add_book(database)

    for person in (bob, admin):
        assert_problem(await person.get(at(book)), BookNotFound)
        assert ids_of(await person.get(BOOKS)) == []
        assert ids_of(await person.get(BOOKS, params={"owner_id": str(ALICE.id)})) == []


async def test_nobody_changes_or_deletes_a_book_of_somebody_else(
    alice: AsyncClient, bob: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    book = await add_book(database)
    before = (await alice.get(at(book))).json()

    for person in (bob, admin):
        assert_problem(await person.patch(at(book), json={"title": "C"}), BookNotFound)
        assert_problem(await person.delete(at(book)), BookNotFound)
    assert (await alice.get(at(book))).json() == before


async def test_a_book_belongs_to_who_made_it(alice: AsyncClient) -> None:
    theirs = {"owner_id": str(BOB.id)}

    made = await alice.post(BOOKS, json=a_book())

    assert made.json()["owner_id"] == str(ALICE.id)
    assert_invalid(await alice.post(BOOKS, json=a_book(**theirs)), "owner_id")
    path = made.headers["location"]
    assert_invalid(await alice.patch(path, json=theirs), "owner_id")
    assert (await alice.get(path)).json()["owner_id"] == str(ALICE.id)


# Create, show, change, delete.


async def test_a_new_book_is_found_where_the_answer_says(alice: AsyncClient) -> None:
    sent = a_book()

    made = await alice.post(BOOKS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await alice.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_is_null(alice: AsyncClient) -> None:
    missing = {"isbn": None, "stars": None}
    sent = {key: value for key, value in a_book().items() if key not in missing}

    made = await alice.post(BOOKS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["title", "author"])
async def test_what_is_required_is_asked_for(alice: AsyncClient, field: str) -> None:
    sent = a_book()
    del sent[field]

    assert_invalid(await alice.post(BOOKS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", None),
        ("title", 1),
        ("title", ""),
        ("title", "x" * 201),
        ("title", "NUL \x00"),
        ("author", None),
        ("author", 1),
        ("author", ""),
        ("author", "x" * 121),
        ("author", "NUL \x00"),
        ("isbn", 1),
        ("isbn", "x" * 14),
        ("isbn", "NUL \x00"),
        ("isbn", "?"),
        ("stars", "3"),
        ("stars", True),
        ("stars", 1.5),
        ("stars", 0),
        ("stars", 6),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    alice: AsyncClient, database: Database, field: str, value: Any
) -> None:
    book = await add_book(database)

    assert_invalid(await alice.post(BOOKS, json=a_book(**{field: value})), field)
    assert_invalid(await alice.patch(at(book), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("title", "A", "B"),
        ("author", "A", "B"),
        ("isbn", "9780000000000", "9780000000001"),
        ("isbn", "9780000000000", None),
        ("stars", 1, 2),
        ("stars", 1, None),
    ],
)
async def test_a_change_leaves_the_rest_as_it_was(
    alice: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    book = await add_book(database, **{field: old})
    before = (await alice.get(at(book))).json()

    changed = await alice.patch(at(book), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await alice.get(at(book))).json() == after


async def test_a_change_of_nothing_changes_nothing(alice: AsyncClient, database: Database) -> None:
    book = await add_book(database)
    before = (await alice.get(at(book))).json()

    assert (await alice.patch(at(book), json={})).json() == before


async def test_a_deleted_book_is_gone(alice: AsyncClient, database: Database) -> None:
    book = await add_book(database)

    assert (await alice.delete(at(book))).status_code == 204
    assert_problem(await alice.get(at(book)), BookNotFound)
    assert_problem(await alice.patch(at(book), json={}), BookNotFound)
    assert_problem(await alice.delete(at(book)), BookNotFound)


async def test_an_id_that_nothing_has_is_not_found(alice: AsyncClient) -> None:
    assert_problem(await alice.get(NOWHERE), BookNotFound)
    assert_invalid(await alice.get(f"{BOOKS}/not-an-id"), "book_id")


# Beside other rows.


async def test_an_owner_has_one_book_with_one_isbn(
    alice: AsyncClient, bob: AsyncClient, database: Database
) -> None:
    book = await add_book(database)
    same = {"isbn": a_book()["isbn"]}
    await add_book(database, **same)

    refused = await alice.post(BOOKS, json=a_book(**same))
    assert_problem(refused, IsbnTaken)
    assert_problem(await alice.patch(at(book), json=same), IsbnTaken)
    assert (await bob.post(BOOKS, json=a_book(**same))).status_code == 201


# Lists.


async def test_a_list_has_the_newest_first(alice: AsyncClient, database: Database) -> None:
    books = [await add_book(database) for _ in range(3)]

    ids = [str(book.id) for book in reversed(books)]
    assert ids_of(await alice.get(BOOKS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "title", "-title"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    alice: AsyncClient, database: Database, sort: str
) -> None:
    books = [await add_book(database, title=title) for title in ("B", "A", "B", "C", "B")]

    items = await walk(alice, BOOKS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(books, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"author": "A"}, {"one"}),
        ({"author": ["A", "B"]}, {"one", "two"}),
        ({"stars": 1}, {"one"}),
        ({"stars": [1, 2]}, {"one", "two"}),
        ({"stars_gte": 2}, {"two"}),
        ({"stars_lte": 1}, {"one"}),
        ({"stars_isnull": True}, {"three"}),
        ({"stars_isnull": False}, {"one", "two"}),
        ({"owner_id": str(ALICE.id)}, {"one", "two", "three"}),
        ({"owner_id": str(BOB.id)}, set()),
        ({"author": "A", "stars": 3}, set()),
    ],
)
async def test_a_filter_finds_what_it_says(
    alice: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_book(database, author="A", stars=1),
        "two": await add_book(database, author="B", stars=2),
        "three": await add_book(database, author="C", stars=None),
    }

    found = await alice.get(BOOKS, params=params)

    assert which(rows, found) == names


@pytest.mark.parametrize(
    ("words", "found"),
    [("fox quick", True), ("fox -quick", False), ("bear", False), ("'\"(&|!:*", False)],
)
async def test_a_search_finds_words_in_any_order(
    alice: AsyncClient, database: Database, words: str, found: bool
) -> None:
    await add_book(database, title="The quick brown fox")

    assert bool(ids_of(await alice.get(BOOKS, params={"q": words}))) is found


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "author"}, "sort"),
        ({"sort": "created_at; drop table books"}, "sort"),
        ({"q": ""}, "q"),
        ({"author": "x" * 121}, "author"),
        ({"stars": "many"}, "stars"),
        ({"stars_gte": 0}, "stars_gte"),
        ({"owner_id": "not-an-id"}, "owner_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    alice: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await alice.get(BOOKS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    alice: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_book(database)
    cursor = (await alice.get(BOOKS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await alice.get(BOOKS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    alice: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_book(database)

    with counted(database) as statements:
        found = await alice.get(BOOKS)

    assert len(ids_of(found)) == min(count, 20)
    # One more says who is calling.
    assert len(statements) == 2


async def test_one_row_costs_one_query(alice: AsyncClient, database: Database) -> None:
    book = await add_book(database)

    with counted(database) as statements:
        assert (await alice.get(at(book))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
