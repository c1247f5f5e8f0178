from sqlalchemy import select

from app.db.page import MOMENT, TEXT, Page, SortKey, sort_keys
from app.db.rows import Rows, matching
from app.models import Author
from app.repositories.base import Repository
from app.schemas.author import AuthorQuery, AuthorSort

SORT_KEYS = sort_keys(
    SortKey(AuthorSort.CREATED_AT, Author.created_at, MOMENT),
    SortKey(AuthorSort.CREATED_AT_DOWN, Author.created_at, MOMENT),
    SortKey(AuthorSort.NAME, Author.name, TEXT),
    SortKey(AuthorSort.NAME_DOWN, Author.name, TEXT),
)


class AuthorRepository(Repository[Author]):
    """Every query about authors; each says whose rows it may see."""

    model = Author
    read = select(Author)

    async def page(self, rows: Rows, asked: AuthorQuery) -> Page[Author]:
        query = self.read.where(rows, matching(Author.search, asked.q))
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
