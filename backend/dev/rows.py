from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Book
from app.tests.people import ALICE, BOB

BOOKS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a001-000000000001"),
        "title": "The Left Hand of Darkness",
        "author": "Ursula K. Le Guin",
        "isbn": "9780441478125",
        "stars": 5,
        "owner_id": ALICE.id,
    },
    {
        "id": UUID("00000000-0000-7000-a001-000000000002"),
        "title": "Second book",
        "author": "Second author",
        "isbn": "9780000000001",
        "stars": 2,
        "owner_id": BOB.id,
    },
    {
        "id": UUID("00000000-0000-7000-a001-000000000003"),
        "title": "Third book",
        "author": "Third author",
        "isbn": "9780000000002",
        "stars": 1,
        "owner_id": ALICE.id,
    },
]


async def add_rows(session: AsyncSession) -> None:
    """Add a few rows of each resource, unless they are there."""
    for model, rows in ((Book, BOOKS),):
        await session.execute(insert(model).on_conflict_do_nothing(), rows)
        there = select(func.count()).where(model.id.in_([row["id"] for row in rows]))
        if await session.scalar(there) != len(rows):
            # Somebody's own rows are in the way, and what follows may refer to these.
            return
