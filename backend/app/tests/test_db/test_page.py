import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.db.database import Database
from app.db.faults import Fault, fault_of
from app.db.ids import new_id
from app.db.page import TEXT, WHOLE, CursorInvalid, Page, SortKey, first_when_missing
from app.models import Book
from app.repositories.base import Repository
from app.tests.answers import assert_problem
from app.tests.samples.book import add_book

BOOKS = "/api/v1/books"
STARS = first_when_missing(Book.stars, "0")
ISBN = first_when_missing(Book.isbn, "''")
SOME_ID = "00000000-0000-7000-8000-000000000001"


class Shelf(Repository[Book]):
    """Books in any order."""

    model = Book
    read = select(Book)

    async def page(self, by: SortKey, cursor: str | None = None) -> Page[Book]:
        return await self._page(self.read, by, 2, cursor)


async def shelf_to_its_end(database: Database, by: SortKey) -> list[Book]:
    async with database.reads() as session:
        page = await Shelf(session).page(by)
        books = page.items
        while page.next_cursor:
            assert len(page.items) == 2
            page = await Shelf(session).page(by, page.next_cursor)
            books += page.items
    return books


def written(*parts: Any) -> str:
    """Write a cursor as ours are written."""
    text = json.dumps(list(parts))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "by",
    [
        SortKey("stars", STARS, WHOLE),
        SortKey("-stars", STARS, WHOLE),
        SortKey("isbn", ISBN, TEXT),
        SortKey("-isbn", ISBN, TEXT),
    ],
    ids=lambda by: by.sort,
)
async def test_rows_without_a_value_have_their_place_on_the_pages(
    database: Database, by: SortKey
) -> None:
    values = [(3, 2), (None, None), (1, 3), (None, 1), (3, None), (5, 4), (None, None)]
    for stars, n in values:
        await add_book(database, stars=stars, isbn=n and f"978{n:010}")

    books = await shelf_to_its_end(database, by)

    field = by.sort.removeprefix("-")
    # As text, nothing stands before every digit.
    keys = [(str(getattr(book, field) or ""), book.id) for book in books]
    assert len(set(keys)) == len(values)
    assert keys == sorted(keys, reverse=by.descending)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
async def test_the_last_page_leads_nowhere(database: Database, count: int) -> None:
    for _ in range(count):
        await add_book(database)

    assert len(await shelf_to_its_end(database, SortKey("stars", STARS, WHOLE))) == count


DEEP = urlsafe_b64encode(b"[" * 1400).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "A",
        "AAAAA",
        "bm90IG91cnM",
        "_-_-",
        "%00",
        "ü",
        "x" * 2001,
        DEEP,
        written(),
        written("-created_at"),
        written("-created_at", "2030-01-01T00:00:00Z"),
        written("-created_at", "2030-01-01T00:00:00Z", SOME_ID, 1),
        written("title", "x", SOME_ID),
        written(["-created_at"], "2030-01-01T00:00:00Z", SOME_ID),
        written("-created_at", "2030-01-01T00:00:00", SOME_ID),
        written("-created_at", "0001-01-01T00:00:00+23:59", SOME_ID),
        written("-created_at", "9999-12-31T23:59:59-23:59", SOME_ID),
        written("-created_at", float("nan"), SOME_ID),
        written("-created_at", float("inf"), SOME_ID),
        written("-created_at", 10**400, SOME_ID),
        written("-created_at", None, SOME_ID),
        written("-created_at", {"$gt": ""}, SOME_ID),
        written("-created_at", "2030-01-01T00:00:00Z", None),
        written("-created_at", "2030-01-01T00:00:00Z", 1),
        written("-created_at", "2030-01-01T00:00:00Z", "1"),
        written("-created_at", "2030-01-01T00:00:00Z", [SOME_ID]),
        urlsafe_b64encode(b'"abc"').decode().rstrip("="),
        urlsafe_b64encode(b'{"a": 1, "b": 2, "c": 3}').decode().rstrip("="),
        urlsafe_b64encode(b'["-created_at", "\xff", ""]').decode().rstrip("="),
    ],
    ids=lambda cursor: cursor[:40],
)
async def test_a_cursor_that_is_not_ours_is_refused(alice: AsyncClient, cursor: str) -> None:
    answer = await alice.get(BOOKS, params={"cursor": cursor})

    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    "key", ["NUL \x00", "half \ud800", "x" * 601, 1, None, ["x"], float("nan")]
)
async def test_a_key_that_no_row_can_have_is_refused(alice: AsyncClient, key: Any) -> None:
    params = {"sort": "title", "cursor": written("title", key, SOME_ID)}

    answer = await alice.get(BOOKS, params=params)

    assert_problem(answer, CursorInvalid)


@pytest.mark.parametrize("key", [2**31, 2**63, -(2**63) - 1, 10**400, 1.5, "many", float("inf")])
async def test_a_number_that_no_row_can_have_is_never_a_bug(database: Database, key: Any) -> None:
    by = SortKey("stars", STARS, WHOLE)
    async with database.reads() as session:
        with pytest.raises((CursorInvalid, DBAPIError)) as caught:
            await Shelf(session).page(by, written("stars", key, SOME_ID))
    assert not isinstance(caught.value, DBAPIError) or fault_of(caught.value) is Fault.VALUE


def test_ids_are_in_the_order_of_time() -> None:
    ids = [new_id() for _ in range(1000)]

    assert len(set(ids)) == 1000
    assert {(made.version, made.variant) for made in ids} == {(7, "specified in RFC 4122")}
    moments = [made.int >> 80 for made in ids]
    assert moments == sorted(moments)
