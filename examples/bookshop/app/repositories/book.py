from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db.page import MOMENT, TEXT, Page, SortKey, decimals, sort_keys
from app.db.rows import Rows, any_of, at_least, at_most, matching
from app.models import Book
from app.repositories.base import Repository
from app.schemas.book import BookQuery, BookSort

SORT_KEYS = sort_keys(
    SortKey(BookSort.CREATED_AT, Book.created_at, MOMENT),
    SortKey(BookSort.CREATED_AT_DOWN, Book.created_at, MOMENT),
    SortKey(BookSort.TITLE, Book.title, TEXT),
    SortKey(BookSort.TITLE_DOWN, Book.title, TEXT),
    SortKey(BookSort.PRICE, Book.price, decimals(10, 2)),
    SortKey(BookSort.PRICE_DOWN, Book.price, decimals(10, 2)),
)


class BookRepository(Repository[Book]):
    """Every query about books; each says whose rows it may see."""

    model = Book
    read = select(Book).options(joinedload(Book.author, innerjoin=True))

    async def page(self, rows: Rows, asked: BookQuery) -> Page[Book]:
        query = self.read.where(
            rows,
            matching(Book.search, asked.q),
            any_of(Book.price, asked.price),
            at_least(Book.price, asked.price_gte),
            at_most(Book.price, asked.price_lte),
            any_of(Book.author_id, asked.author_id),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
