from uuid import UUID

from sqlalchemy import select

from app.db.page import MOMENT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of, at_least, at_most
from app.models import Review
from app.repositories.base import Repository
from app.schemas.review import ReviewQuery, ReviewSort

SORT_KEYS = sort_keys(
    SortKey(ReviewSort.CREATED_AT, Review.created_at, MOMENT),
    SortKey(ReviewSort.CREATED_AT_DOWN, Review.created_at, MOMENT),
)


def owned_by(user_id: UUID) -> Rows:
    return Review.author_id == user_id


class ReviewRepository(Repository[Review]):
    """Every query about reviews; each says whose rows it may see."""

    model = Review
    read = select(Review)

    async def page(self, rows: Rows, asked: ReviewQuery) -> Page[Review]:
        query = self.read.where(
            rows,
            any_of(Review.book_id, asked.book_id),
            any_of(Review.author_id, asked.author_id),
            any_of(Review.stars, asked.stars),
            at_least(Review.stars, asked.stars_gte),
            at_most(Review.stars, asked.stars_lte),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
