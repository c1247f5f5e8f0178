from sqlalchemy import select

from app.db.page import MOMENT, TEXT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of
from app.models import Series
from app.repositories.base import Repository
from app.schemas.series import SeriesQuery, SeriesSort

SORT_KEYS = sort_keys(
    SortKey(SeriesSort.CREATED_AT, Series.created_at, MOMENT),
    SortKey(SeriesSort.CREATED_AT_DOWN, Series.created_at, MOMENT),
    SortKey(SeriesSort.TITLE, Series.title, TEXT),
    SortKey(SeriesSort.TITLE_DOWN, Series.title, TEXT),
)


class SeriesRepository(Repository[Series]):
    """Every query about meeting series; each says whose rows it may see."""

    model = Series
    read = select(Series)

    async def page(self, rows: Rows, asked: SeriesQuery) -> Page[Series]:
        query = self.read.where(rows, any_of(Series.team_id, asked.team_id))
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
