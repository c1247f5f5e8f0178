"""Authors to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Author
from app.repositories.author import AuthorRepository
from app.schemas.author import AuthorCreate

numbers = itertools.count(1)


def an_author(**changes: Any) -> dict[str, Any]:
    """What somebody sends to create an author; no two are alike."""
    n = next(numbers)
    author = {
        "name": f"Name {n}",
        "born": "2030-12-31",
    }
    return author | changes


async def add_author(database: Database, /, **changes: Any) -> Author:
    """Put an author into the database."""
    values = AuthorCreate.model_validate(an_author(**changes)).model_dump()
    async with database.writes() as session:
        return await AuthorRepository(session).save(Author(**values))
