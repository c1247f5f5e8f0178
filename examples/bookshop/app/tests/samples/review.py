"""Reviews to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Review
from app.repositories.review import ReviewRepository
from app.schemas.review import ReviewCreate
from app.tests.people import ALICE, Person
from app.tests.samples.book import add_book

numbers = itertools.count(1)


async def a_review(database: Database, /, **changes: Any) -> dict[str, Any]:
    """What somebody sends to create a review; no two are alike."""
    n = next(numbers)
    review = {
        "book_id": str((await add_book(database)).id),
        "stars": 3,
        "text": f"Text {n}",
    }
    return review | changes


async def add_review(database: Database, owner: Person = ALICE, /, **changes: Any) -> Review:
    """Put a review into the database."""
    values = ReviewCreate.model_validate(await a_review(database, **changes)).model_dump()
    async with database.writes() as session:
        return await ReviewRepository(session).save(Review(author_id=owner.id, **values))
