from sqlalchemy import select

from app.db.page import MOMENT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of, matching
from app.models import Kudos
from app.repositories.base import Repository
from app.schemas.kudos import KudosQuery, KudosSort

SORT_KEYS = sort_keys(
    SortKey(KudosSort.CREATED_AT, Kudos.created_at, MOMENT),
    SortKey(KudosSort.CREATED_AT_DOWN, Kudos.created_at, MOMENT),
)


class KudosRepository(Repository[Kudos]):
    """Every query about thanks; each says whose rows it may see."""

    model = Kudos
    read = select(Kudos)

    async def page(self, rows: Rows, asked: KudosQuery) -> Page[Kudos]:
        query = self.read.where(
            rows,
            matching(Kudos.search, asked.q),
            any_of(Kudos.from_person_id, asked.from_person_id),
            any_of(Kudos.to_person_id, asked.to_person_id),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
