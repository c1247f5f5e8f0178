from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Book
from app.services.book import BookNotFound, IsbnTaken
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, walk
from app.tests.people import ALICE, BOB
from app.tests.queries import counted
from app.tests.samples.book import a_book, add_book

BOOKS = "/api/v1/books"
NOWHERE = f"{BOOKS}/{uuid4()}"


def at(book: Book) -> str:
    return f"{BOOKS}/{book.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", BOOKS),
        ("POST", BOOKS),
        ("GET", NOWHERE),
        ("PATCH", NOWHERE),
        ("DELETE", NOWHERE),
    ],
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_a_book_is_invisible_to_other_people(bob: AsyncClient, database: Database) -> None:
    book = await add_book(database, ALICE)

    assert_problem(await bob.get(at(book)), BookNotFound)
    assert ids_of(await bob.get(BOOKS)) == []
    assert ids_of(await bob.get(BOOKS, params={"owner_id": str(ALICE.id)})) == []


async def test_nobody_changes_or_deletes_a_book_of_somebody_else(
    alice: AsyncClient, bob: AsyncClient, database: Database
) -> None:
    book = await add_book(database, ALICE)
    before = (await alice.get(at(book))).json()

    assert_problem(await bob.patch(at(book), json={"title": "Mine now"}), BookNotFound)
    assert_problem(await bob.delete(at(book)), BookNotFound)
    assert (await alice.get(at(book))).json() == before


async def test_a_role_alone_opens_nobodys_books(admin: AsyncClient, database: Database) -> None:
    book = await add_book(database, ALICE)

    assert_problem(await admin.get(at(book)), BookNotFound)
    assert_problem(await admin.delete(at(book)), BookNotFound)


async def test_a_book_belongs_to_who_made_it(alice: AsyncClient) -> None:
    made = await alice.post(BOOKS, json=a_book())

    assert made.json()["owner_id"] == str(ALICE.id)
    assert_invalid(await alice.post(BOOKS, json=a_book(owner_id=str(BOB.id))), "owner_id")
    path = made.headers["location"]
    assert_invalid(await alice.patch(path, json={"owner_id": str(BOB.id)}), "owner_id")
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


async def test_what_may_be_missing_is_null(alice: AsyncClient) -> None:
    sent = a_book()
    del sent["isbn"], sent["stars"]

    made = (await alice.post(BOOKS, json=sent)).json()

    assert (made["isbn"], made["stars"]) == (None, None)


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
        ("author", ""),
        ("author", "x" * 121),
        ("isbn", "1234567890123"),
        ("stars", 0),
        ("stars", 6),
        ("stars", "3"),
        ("stars", True),
        ("id", str(uuid4())),
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


async def test_an_owner_has_a_book_with_one_isbn_once(alice: AsyncClient, bob: AsyncClient) -> None:
    taken = a_book()
    assert (await alice.post(BOOKS, json=taken)).status_code == 201
    other = (await alice.post(BOOKS, json=a_book())).headers["location"]

    assert_problem(await alice.post(BOOKS, json=taken), IsbnTaken)
    assert_problem(await alice.patch(other, json={"isbn": taken["isbn"]}), IsbnTaken)
    assert (await bob.post(BOOKS, json=taken)).status_code == 201


async def test_a_change_leaves_the_rest_as_it_was(alice: AsyncClient, database: Database) -> None:
    book = await add_book(database)
    before = (await alice.get(at(book))).json()

    changed = await alice.patch(at(book), json={"title": "Better", "stars": None})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {
        "title": "Better",
        "stars": None,
        "updated_at": after["updated_at"],
    }
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


# Lists.


async def test_a_list_has_the_newest_first(alice: AsyncClient, database: Database) -> None:
    books = [await add_book(database) for _ in range(3)]

    assert ids_of(await alice.get(BOOKS)) == [str(book.id) for book in reversed(books)]


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "title", "-title"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    alice: AsyncClient, database: Database, sort: str
) -> None:
    for title in ("B", "A", "B", "C", "B"):
        await add_book(database, title=title)

    items = await walk(alice, BOOKS, sort=sort, limit=2)

    assert len({item["id"] for item in items}) == len(items) == 5
    field = sort.removeprefix("-")
    keys = [(item[field], item["id"]) for item in items]
    assert keys == sorted(keys, reverse=sort.startswith("-"))


@pytest.mark.parametrize(
    ("params", "titles"),
    [
        ({"author": "Ann"}, {"one"}),
        ({"author": ["Ann", "Ben"]}, {"one", "two"}),
        ({"stars": 1}, {"one"}),
        ({"stars": [1, 5]}, {"one", "two"}),
        ({"stars_gte": 2}, {"two"}),
        ({"stars_lte": 4}, {"one"}),
        ({"stars_isnull": True}, {"three"}),
        ({"stars_isnull": False}, {"one", "two"}),
        ({"owner_id": str(ALICE.id)}, {"one", "two", "three"}),
        ({"owner_id": str(BOB.id)}, set()),
        ({"author": "Ann", "stars": 5}, set()),
    ],
)
async def test_a_filter_finds_what_it_says(
    alice: AsyncClient, database: Database, params: dict[str, Any], titles: set[str]
) -> None:
    await add_book(database, title="one", author="Ann", stars=1)
    await add_book(database, title="two", author="Ben", stars=5)
    await add_book(database, title="three", author="Cleo", stars=None)

    found = await alice.get(BOOKS, params=params)

    assert {item["title"] for item in found.json()["items"]} == titles


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
        ({"sort": "owner_id"}, "sort"),
        ({"sort": "title; drop table books"}, "sort"),
        ({"q": ""}, "q"),
        ({"stars": "many"}, "stars"),
        ({"stars_gte": 0}, "stars_gte"),
        ({"colour": "red"}, "colour"),
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

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "title"}):
        assert_problem(await alice.get(BOOKS, params=params), CursorInvalid)


@pytest.mark.parametrize("path", ["list", "one"])
async def test_a_read_costs_one_query(alice: AsyncClient, database: Database, path: str) -> None:
    books = [await add_book(database) for _ in range(20)]

    with counted(database) as statements:
        assert (await alice.get(BOOKS if path == "list" else at(books[0]))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
