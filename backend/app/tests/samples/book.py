"""Books to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Book
from app.repositories.book import BookRepository
from app.schemas.book import BookCreate
from app.tests.people import ALICE, Person

numbers = itertools.count(1)


def a_book(**changes: Any) -> dict[str, Any]:
    """What somebody sends to create a book; no two are alike."""
    n = next(numbers)
    book = {
        "title": f"Title {n}",
        "author": f"Author {n}",
        "isbn": f"978{n:010}",
        "stars": 3,
    }
    return book | changes


async def add_book(database: Database, owner: Person = ALICE, /, **changes: Any) -> Book:
    """Put a book into the database."""
    values = BookCreate.model_validate(a_book(**changes)).model_dump()
    async with database.writes() as session:
        return await BookRepository(session).save(Book(owner_id=owner.id, **values))
