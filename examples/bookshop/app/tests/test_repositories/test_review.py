from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import User
from app.repositories.review import ReviewRepository, owned_by
from app.schemas.review import ReviewQuery
from app.tests.people import ALICE, BOB, SOMEBODY_NEW
from app.tests.queries import stored
from app.tests.samples.review import a_review, add_review
from app.tests.seed import seed_people


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    review = await add_review(database)

    async with database.writes() as session:
        reviews = ReviewRepository(session)
        assert await reviews.get(owned_by(ALICE.id), review.id)
        assert await reviews.lock(owned_by(ALICE.id), review.id)
        assert (await reviews.page(owned_by(ALICE.id), ReviewQuery())).items
        assert await reviews.get(owned_by(BOB.id), review.id) is None
        assert await reviews.lock(owned_by(BOB.id), review.id) is None
        assert (await reviews.page(owned_by(BOB.id), ReviewQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"stars": 0}, "ck_reviews_stars"),
        ({"stars": 6}, "ck_reviews_stars"),
        ({"text": "x" * 4001}, "ck_reviews_text"),
        ({"book_id": uuid4()}, "fk_reviews_book_id"),
        ({"author_id": uuid4()}, "fk_reviews_author_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    review = await add_review(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await ReviewRepository(session).change(review, changes)

    assert violated_constraint(caught.value) == constraint


async def test_an_owner_has_one_review_of_one_book(database: Database) -> None:
    same = {"book_id": (await a_review(database))["book_id"]}
    await add_review(database, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_review(database, **same)

    assert violated_constraint(caught.value) == "uq_reviews_book_id_author_id"
    assert await add_review(database, BOB, **same)


async def test_reviews_go_with_their_author(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    review = await add_review(database, SOMEBODY_NEW)

    async with database.writes() as session:
        await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    assert await stored(database, review) is None


async def test_a_removed_row_is_gone(database: Database) -> None:
    review = await add_review(database)

    async with database.writes() as session:
        reviews = ReviewRepository(session)
        found = await reviews.lock(EVERY, review.id)
        assert found
        await reviews.remove(found)

    assert await stored(database, review) is None
