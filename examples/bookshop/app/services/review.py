from uuid import UUID

from app.core.actor import Actor
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Review
from app.repositories.review import ReviewRepository, owned_by
from app.schemas.review import ReviewCreate, ReviewQuery, ReviewUpdate
from app.services.base import existing


class ReviewNotFound(NotFound):
    code = "REVIEW_NOT_FOUND"
    error = "There is no such review."
    detail = "It may be gone, or not be yours to see or change."


class BookTaken(Conflict):
    code = "REVIEW_BOOK_AUTHOR_TAKEN"
    error = "You have a review for this book."
    detail = "Change the one that exists instead."
    constraint = "uq_reviews_book_id_author_id"


class BookMissing(Conflict):
    code = "REVIEW_BOOK_MISSING"
    error = "There is no such book."
    detail = "Send the id of a book that exists."
    constraint = "fk_reviews_book_id"


def readable(actor: Actor | None) -> Rows:
    """Everybody reads every review."""
    return EVERY


def changeable(actor: Actor) -> Rows:
    """Owners change their own reviews."""
    return owned_by(actor.id)


def deletable(actor: Actor) -> Rows:
    """Owners delete their own reviews."""
    return owned_by(actor.id)


class ReviewService:
    """What people may do with reviews."""

    def __init__(self, reviews: ReviewRepository) -> None:
        self._reviews = reviews

    async def page(self, actor: Actor | None, asked: ReviewQuery) -> Page[Review]:
        return await self._reviews.page(readable(actor), asked)

    async def get(self, actor: Actor | None, review_id: UUID) -> Review:
        found = await self._reviews.get(readable(actor), review_id)
        return existing(found, ReviewNotFound)

    async def create(self, actor: Actor, data: ReviewCreate) -> Review:
        review = Review(author_id=actor.id, **data.model_dump())
        return await self._reviews.shown(await self._reviews.save(review))

    async def update(self, actor: Actor, review_id: UUID, data: ReviewUpdate) -> Review:
        found = await self._reviews.lock(changeable(actor), review_id)
        review = existing(found, ReviewNotFound)
        await self._reviews.change(review, data.model_dump(exclude_unset=True))
        return await self._reviews.shown(review)

    async def delete(self, actor: Actor, review_id: UUID) -> None:
        found = await self._reviews.lock(deletable(actor), review_id)
        await self._reviews.remove(existing(found, ReviewNotFound))
