from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import Book
from app.repositories.book import BookRepository
from app.schemas.book import BookQuery
from app.tests.queries import stored
from app.tests.samples.book import a_book, add_book


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    book = await add_book(database)

    async with database.writes() as session:
        books = BookRepository(session)
        assert await books.get(Book.id == book.id, book.id)
        assert await books.lock(Book.id == book.id, book.id)
        assert (await books.page(Book.id == book.id, BookQuery())).items
        assert await books.get(Book.id != book.id, book.id) is None
        assert await books.lock(Book.id != book.id, book.id) is None
        assert (await books.page(Book.id != book.id, BookQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"title": ""}, "ck_books_title"),
        ({"isbn": "?"}, "ck_books_isbn"),
        ({"price": Decimal("-0.01")}, "ck_books_price"),
        ({"author_id": uuid4()}, "fk_books_author_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    book = await add_book(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await BookRepository(session).change(book, changes)

    assert violated_constraint(caught.value) == constraint


async def test_no_two_books_share_isbn(database: Database) -> None:
    same = {"isbn": (await a_book(database))["isbn"]}
    await add_book(database, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_book(database, **same)

    assert violated_constraint(caught.value) == "uq_books_isbn"


async def test_a_removed_row_is_gone(database: Database) -> None:
    book = await add_book(database)

    async with database.writes() as session:
        books = BookRepository(session)
        found = await books.lock(EVERY, book.id)
        assert found
        await books.remove(found)

    assert await stored(database, book) is None
