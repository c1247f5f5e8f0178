from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Author, Book, Review
from app.tests.people import ALICE, BOB

AUTHORS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a001-000000000001"),
        "name": "First author",
        "born": date(2026, 3, 14),
    },
    {
        "id": UUID("00000000-0000-7000-a001-000000000002"),
        "name": "Second author",
        "born": date(2025, 11, 2),
    },
    {
        "id": UUID("00000000-0000-7000-a001-000000000003"),
        "name": "Third author",
        "born": date(2024, 7, 29),
    },
]

BOOKS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a002-000000000001"),
        "title": "First book",
        "isbn": "9780000000000",
        "price": Decimal("9.50"),
        "author_id": AUTHORS[0]["id"],
    },
    {
        "id": UUID("00000000-0000-7000-a002-000000000002"),
        "title": "Second book",
        "isbn": "9780000000001",
        "price": Decimal("14.00"),
        "author_id": AUTHORS[1]["id"],
    },
    {
        "id": UUID("00000000-0000-7000-a002-000000000003"),
        "title": "Third book",
        "isbn": "9780000000002",
        "price": Decimal("24.90"),
        "author_id": AUTHORS[2]["id"],
    },
]

REVIEWS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a003-000000000001"),
        "book_id": BOOKS[0]["id"],
        "author_id": ALICE.id,
        "stars": 3,
        "text": "A few words, to begin with.",
    },
    {
        "id": UUID("00000000-0000-7000-a003-000000000002"),
        "book_id": BOOKS[1]["id"],
        "author_id": BOB.id,
        "stars": 2,
        "text": "Some more, for comparison.",
    },
    {
        "id": UUID("00000000-0000-7000-a003-000000000003"),
        "book_id": BOOKS[2]["id"],
        "author_id": ALICE.id,
        "stars": 1,
        "text": "And that is all.",
    },
]


async def add_rows(session: AsyncSession) -> None:
    """Add a few rows of each resource, unless they are there."""
    for model, rows in ((Author, AUTHORS), (Book, BOOKS), (Review, REVIEWS)):
        await session.execute(insert(model).on_conflict_do_nothing(), rows)
        there = select(func.count()).where(model.id.in_([row["id"] for row in rows]))
        if await session.scalar(there) != len(rows):
            # Somebody's own rows are in the way, and what follows may refer to these.
            return
