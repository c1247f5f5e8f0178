from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Book
from app.services.book import AuthorMissing, BookNotFound, IsbnTaken
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import EDITOR
from app.tests.queries import counted, stored
from app.tests.samples import NO_ID
from app.tests.samples.book import a_book, add_book
from app.tests.samples.review import add_review

BOOKS = "/api/v1/books"
NOWHERE = f"{BOOKS}/{NO_ID}"


def at(book: Book) -> str:
    return f"{BOOKS}/{book.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"), [("POST", BOOKS), ("PATCH", NOWHERE), ("DELETE", NOWHERE)]
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_everybody_reads_books(visitor: AsyncClient, database: Database) -> None:
    book = await add_book(database)

    assert (await visitor.get(at(book))).status_code == 200
    assert ids_of(await visitor.get(BOOKS)) == [str(book.id)]


async def test_only_editors_write_books(
    editor: AsyncClient, alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    book = await add_book(database)
    sent = await a_book(database)
    before = (await editor.get(at(book))).json()

    for person in (alice, admin):
        assert_problem(await person.post(BOOKS, json=sent), Forbidden)
        assert_problem(await person.patch(at(book), json={"title": "C"}), Forbidden)
        assert_problem(await person.delete(at(book)), Forbidden)
    assert (await editor.get(BOOKS)).json()["items"] == [before]


async def test_an_editor_creates_changes_and_deletes_every_book(
    editor: AsyncClient, database: Database
) -> None:
    book = await add_book(database)
    sent = await a_book(database)

    assert (await editor.post(BOOKS, json=sent)).status_code == 201
    assert (await editor.patch(at(book), json={})).status_code == 200
    assert (await editor.delete(at(book))).status_code == 204


# Create, show, change, delete.


async def test_a_new_book_is_found_where_the_answer_says(
    editor: AsyncClient, database: Database
) -> None:
    sent = await a_book(database)

    made = await editor.post(BOOKS, json=sent)

    assert made.status_code == 201
    assert made.json()["author"]["id"] == sent.pop("author_id")
    assert made.json().items() >= sent.items()
    found = await editor.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


@pytest.mark.parametrize("field", ["title", "isbn", "price", "author_id"])
async def test_what_is_required_is_asked_for(
    editor: AsyncClient, database: Database, field: str
) -> None:
    sent = await a_book(database)
    del sent[field]

    assert_invalid(await editor.post(BOOKS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", None),
        ("title", 1),
        ("title", ""),
        ("title", "x" * 201),
        ("title", "NUL \x00"),
        ("isbn", None),
        ("isbn", 1),
        ("isbn", "x" * 14),
        ("isbn", "NUL \x00"),
        ("isbn", "?"),
        ("price", None),
        ("price", 9.5),
        ("price", "nine"),
        ("price", "1e3"),
        ("price", "-0.01"),
        ("price", "9" * 9),
        ("price", "0.001"),
        ("author_id", None),
        ("author_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    editor: AsyncClient, database: Database, field: str, value: Any
) -> None:
    book = await add_book(database)

    assert_invalid(await editor.post(BOOKS, json=await a_book(database, **{field: value})), field)
    assert_invalid(await editor.patch(at(book), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [("title", "A", "B"), ("isbn", "9780000000000", "9780000000001"), ("price", "1.00", "2.00")],
)
async def test_a_change_leaves_the_rest_as_it_was(
    editor: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    book = await add_book(database, **{field: old})
    before = (await editor.get(at(book))).json()

    changed = await editor.patch(at(book), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await editor.get(at(book))).json() == after


async def test_a_change_of_nothing_changes_nothing(editor: AsyncClient, database: Database) -> None:
    book = await add_book(database)
    before = (await editor.get(at(book))).json()

    assert (await editor.patch(at(book), json={})).json() == before


async def test_a_deleted_book_is_gone(editor: AsyncClient, database: Database) -> None:
    book = await add_book(database)

    assert (await editor.delete(at(book))).status_code == 204
    assert_problem(await editor.get(at(book)), BookNotFound)
    assert_problem(await editor.patch(at(book), json={}), BookNotFound)
    assert_problem(await editor.delete(at(book)), BookNotFound)


async def test_an_id_that_nothing_has_is_not_found(editor: AsyncClient) -> None:
    assert_problem(await editor.get(NOWHERE), BookNotFound)
    assert_invalid(await editor.get(f"{BOOKS}/not-an-id"), "book_id")


# Beside other rows.


async def test_no_two_books_share_isbn(editor: AsyncClient, database: Database) -> None:
    book = await add_book(database)
    same = {"isbn": (await a_book(database))["isbn"]}
    await add_book(database, **same)

    refused = await editor.post(BOOKS, json=await a_book(database, **same))
    assert_problem(refused, IsbnTaken)
    assert_problem(await editor.patch(at(book), json=same), IsbnTaken)


@pytest.mark.parametrize(("column", "error"), [("author_id", AuthorMissing)])
async def test_what_is_referred_to_has_to_exist(
    editor: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await editor.post(BOOKS, json=await a_book(database, **nowhere))
    assert_problem(refused, error)
    book = await add_book(database)
    assert_problem(await editor.patch(at(book), json=nowhere), error)


async def test_a_book_shows_its_author(visitor: AsyncClient, database: Database) -> None:
    book = await add_book(database)

    one, listed = await visitor.get(at(book)), await visitor.get(BOOKS)

    for shown in (one.json(), *listed.json()["items"]):
        assert shown["author"].keys() == {"id", "name", "born"}
        assert shown["author"]["id"] == str(book.author_id)
        assert "author_id" not in shown


async def test_a_book_takes_along_its_reviews(editor: AsyncClient, database: Database) -> None:
    book = await add_book(database)
    review = await add_review(database, EDITOR, book_id=str(book.id))

    assert (await editor.delete(at(book))).status_code == 204
    left = await stored(database, review)
    assert left is None


# Lists.


async def test_a_list_has_the_newest_first(visitor: AsyncClient, database: Database) -> None:
    books = [await add_book(database) for _ in range(3)]

    ids = [str(book.id) for book in reversed(books)]
    assert ids_of(await visitor.get(BOOKS)) == ids


@pytest.mark.parametrize(
    "sort", ["created_at", "-created_at", "title", "-title", "price", "-price"]
)
async def test_pages_join_in_order_without_a_gap_or_a_double(
    visitor: AsyncClient, database: Database, sort: str
) -> None:
    books = [
        await add_book(database, title=title, price=price)
        for title, price in (
            ("B", "2.00"),
            ("A", "1.00"),
            ("B", "2.00"),
            ("C", "3.00"),
            ("B", "2.00"),
        )
    ]

    items = await walk(visitor, BOOKS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(books, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"price": "1.00"}, {"one"}),
        ({"price": ["1.00", "2.00"]}, {"one", "two"}),
        ({"price_gte": "3.00"}, {"three"}),
        ({"price_lte": "1.00"}, {"one"}),
    ],
)
async def test_a_filter_finds_what_it_says(
    visitor: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_book(database, price="1.00"),
        "two": await add_book(database, price="2.00"),
        "three": await add_book(database, price="3.00"),
    }

    found = await visitor.get(BOOKS, params=params)

    assert which(rows, found) == names


async def test_a_list_can_be_of_one_author(visitor: AsyncClient, database: Database) -> None:
    book = await add_book(database)
    there, nowhere = {"author_id": str(book.author_id)}, {"author_id": str(uuid4())}

    assert ids_of(await visitor.get(BOOKS, params=there)) == [str(book.id)]
    assert ids_of(await visitor.get(BOOKS, params=nowhere)) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("fox quick", True), ("fox -quick", False), ("bear", False), ("'\"(&|!:*", False)],
)
async def test_a_search_finds_words_in_any_order(
    visitor: AsyncClient, database: Database, words: str, found: bool
) -> None:
    await add_book(database, title="The quick brown fox")

    assert bool(ids_of(await visitor.get(BOOKS, params={"q": words}))) is found


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "isbn"}, "sort"),
        ({"sort": "created_at; drop table books"}, "sort"),
        ({"q": ""}, "q"),
        ({"price": "many"}, "price"),
        ({"price_gte": "-0.01"}, "price_gte"),
        ({"author_id": "not-an-id"}, "author_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    visitor: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await visitor.get(BOOKS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    visitor: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_book(database)
    cursor = (await visitor.get(BOOKS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await visitor.get(BOOKS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    visitor: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_book(database)

    with counted(database) as statements:
        found = await visitor.get(BOOKS)

    assert len(ids_of(found)) == min(count, 20)
    assert len(statements) == 1


async def test_one_row_costs_one_query(visitor: AsyncClient, database: Database) -> None:
    book = await add_book(database)

    with counted(database) as statements:
        assert (await visitor.get(at(book))).status_code == 200

    assert len(statements) == 1
