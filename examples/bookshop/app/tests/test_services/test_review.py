from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.db.rows import EVERY
from app.models import Review
from app.repositories.review import ReviewRepository, owned_by
from app.schemas.review import ReviewCreate, ReviewUpdate
from app.services.review import ReviewNotFound, ReviewService, changeable, deletable, readable
from app.tests.people import ADMIN, ALICE, EDITOR, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(ReviewRepository, instance=True)


@pytest.fixture
def reviews(repository: Any) -> ReviewService:
    return ReviewService(repository)


@pytest.mark.parametrize("right", [changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, EDITOR, ADMIN])
def test_people_reach_their_own_reviews_alone(right: Any, person: Person) -> None:
    assert right(person.actor).compare(owned_by(person.id))


def test_a_visitor_reads_every_review() -> None:
    assert readable(None).compare(EVERY)


@pytest.mark.parametrize("right", [readable])
@pytest.mark.parametrize("person", [ALICE, EDITOR, ADMIN])
def test_some_reach_every_review(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


async def test_who_creates_a_review_owns_it(reviews: ReviewService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda review: review

    review = await reviews.create(ALICE.actor, ReviewCreate(book_id=uuid4(), stars=1, text="A"))

    assert (review.author_id, review.text) == (ALICE.id, "A")


async def test_only_what_was_sent_is_changed(reviews: ReviewService, repository: Any) -> None:
    review = repository.lock.return_value = Review(id=uuid4())

    await reviews.update(ALICE.actor, review.id, ReviewUpdate(text=None))

    repository.change.assert_awaited_once_with(review, {"text": None})


async def test_a_row_out_of_reach_is_not_found(reviews: ReviewService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(ReviewNotFound):
        await reviews.get(ALICE.actor, nowhere)
    with pytest.raises(ReviewNotFound):
        await reviews.update(ALICE.actor, nowhere, ReviewUpdate())
    with pytest.raises(ReviewNotFound):
        await reviews.delete(ALICE.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()
