from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db.page import MOMENT, TEXT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of, missing
from app.models import Desk
from app.repositories.base import Repository
from app.schemas.desk import DeskQuery, DeskSort

SORT_KEYS = sort_keys(
    SortKey(DeskSort.CREATED_AT, Desk.created_at, MOMENT),
    SortKey(DeskSort.CREATED_AT_DOWN, Desk.created_at, MOMENT),
    SortKey(DeskSort.NAME, Desk.name, TEXT),
    SortKey(DeskSort.NAME_DOWN, Desk.name, TEXT),
)


class DeskRepository(Repository[Desk]):
    """Every query about desks; each says whose rows it may see."""

    model = Desk
    read = select(Desk).options(joinedload(Desk.lead))

    async def page(self, rows: Rows, asked: DeskQuery) -> Page[Desk]:
        query = self.read.where(
            rows, any_of(Desk.lead_id, asked.lead_id), missing(Desk.lead_id, asked.lead_id_isnull)
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
