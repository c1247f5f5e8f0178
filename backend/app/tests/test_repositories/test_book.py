from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import User
from app.repositories.book import BookRepository, owned_by
from app.schemas.book import BookQuery
from app.tests.people import ALICE, BOB, SOMEBODY_NEW
from app.tests.queries import stored
from app.tests.samples.book import a_book, add_book
from app.tests.seed import seed_people


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    book = await add_book(database)

    async with database.writes() as session:
        books = BookRepository(session)
        assert await books.get(owned_by(ALICE.id), book.id)
        assert await books.lock(owned_by(ALICE.id), book.id)
        assert (await books.page(owned_by(ALICE.id), BookQuery())).items
        assert await books.get(owned_by(BOB.id), book.id) is None
        assert await books.lock(owned_by(BOB.id), book.id) is None
        assert (await books.page(owned_by(BOB.id), BookQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"title": ""}, "ck_books_title"),
        ({"author": ""}, "ck_books_author"),
        ({"isbn": "?"}, "ck_books_isbn"),
        ({"stars": 0}, "ck_books_stars"),
        ({"stars": 6}, "ck_books_stars"),
        ({"owner_id": uuid4()}, "fk_books_owner_id"),
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


async def test_an_owner_has_one_book_with_one_isbn(database: Database) -> None:
    same = {"isbn": a_book()["isbn"]}
    await add_book(database, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_book(database, **same)

    assert violated_constraint(caught.value) == "uq_books_owner_id_isbn"
    assert await add_book(database, BOB, **same)


async def test_books_go_with_their_owner(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    book = await add_book(database, SOMEBODY_NEW)

    async with database.writes() as session:
        await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    assert await stored(database, book) is None


async def test_a_removed_row_is_gone(database: Database) -> None:
    book = await add_book(database)

    async with database.writes() as session:
        books = BookRepository(session)
        found = await books.lock(EVERY, book.id)
        assert found
        await books.remove(found)

    assert await stored(database, book) is None
