"""Books to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Book
from app.repositories.book import BookRepository
from app.schemas.book import BookCreate
from app.tests.samples.author import add_author

numbers = itertools.count(1)


async def a_book(database: Database, /, **changes: Any) -> dict[str, Any]:
    """What somebody sends to create a book; no two are alike."""
    n = next(numbers)
    book = {
        "title": f"Title {n}",
        "isbn": f"978{n:010}",
        "price": "9.50",
        "author_id": str((await add_author(database)).id),
    }
    return book | changes


async def add_book(database: Database, /, **changes: Any) -> Book:
    """Put a book into the database."""
    values = BookCreate.model_validate(await a_book(database, **changes)).model_dump()
    async with database.writes() as session:
        return await BookRepository(session).save(Book(**values))
