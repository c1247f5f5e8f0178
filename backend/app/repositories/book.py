from uuid import UUID

from sqlalchemy import select

from app.db.page import MOMENT, TEXT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of, at_least, at_most, matching, missing
from app.models import Book
from app.repositories.base import Repository
from app.schemas.book import BookQuery, BookSort

SORT_KEYS = sort_keys(
    SortKey(BookSort.CREATED_AT, Book.created_at, MOMENT),
    SortKey(BookSort.CREATED_AT_DOWN, Book.created_at, MOMENT),
    SortKey(BookSort.TITLE, Book.title, TEXT),
    SortKey(BookSort.TITLE_DOWN, Book.title, TEXT),
)


def owned_by(user_id: UUID) -> Rows:
    return Book.owner_id == user_id


class BookRepository(Repository[Book]):
    """Every query about books; each says whose rows it may see."""

    model = Book
    read = select(Book)

    async def page(self, rows: Rows, asked: BookQuery) -> Page[Book]:
        query = self.read.where(
            rows,
            matching(Book.search, asked.q),
            any_of(Book.author, asked.author),
            any_of(Book.stars, asked.stars),
            at_least(Book.stars, asked.stars_gte),
            at_most(Book.stars, asked.stars_lte),
            missing(Book.stars, asked.stars_isnull),
            any_of(Book.owner_id, asked.owner_id),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
