from sqlalchemy import select

from app.db.page import MOMENT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of, at_least, at_most, missing
from app.models import OnCallShift
from app.repositories.base import Repository
from app.schemas.on_call_shift import OnCallShiftQuery, OnCallShiftSort

SORT_KEYS = sort_keys(
    SortKey(OnCallShiftSort.CREATED_AT, OnCallShift.created_at, MOMENT),
    SortKey(OnCallShiftSort.CREATED_AT_DOWN, OnCallShift.created_at, MOMENT),
    SortKey(OnCallShiftSort.BEGINS_AT, OnCallShift.begins_at, MOMENT),
    SortKey(OnCallShiftSort.BEGINS_AT_DOWN, OnCallShift.begins_at, MOMENT),
)


class OnCallShiftRepository(Repository[OnCallShift]):
    """Every query about on call shifts; each says whose rows it may see."""

    model = OnCallShift
    read = select(OnCallShift)

    async def page(self, rows: Rows, asked: OnCallShiftQuery) -> Page[OnCallShift]:
        query = self.read.where(
            rows,
            any_of(OnCallShift.team_id, asked.team_id),
            any_of(OnCallShift.person_id, asked.person_id),
            any_of(OnCallShift.begins_at, asked.begins_at),
            at_least(OnCallShift.begins_at, asked.begins_at_gte),
            at_most(OnCallShift.begins_at, asked.begins_at_lte),
            any_of(OnCallShift.swapped_with_id, asked.swapped_with_id),
            missing(OnCallShift.swapped_with_id, asked.swapped_with_id_isnull),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
