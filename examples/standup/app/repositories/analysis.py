from uuid import UUID

from sqlalchemy import select

from app.db.page import DAY, LONG, MOMENT, Page, SortKey, first_when_missing, sort_keys
from app.db.rows import Rows, any_of, at_least, at_most, matching
from app.models import Analysis
from app.repositories.base import Repository
from app.schemas.analysis import AnalysisQuery, AnalysisSort

IS_PUBLIC: Rows = Analysis.is_public.is_(True)
SORT_KEYS = sort_keys(
    SortKey(AnalysisSort.CREATED_AT, Analysis.created_at, MOMENT),
    SortKey(AnalysisSort.CREATED_AT_DOWN, Analysis.created_at, MOMENT),
    SortKey(AnalysisSort.HAPPENED_ON, Analysis.happened_on, DAY),
    SortKey(AnalysisSort.HAPPENED_ON_DOWN, Analysis.happened_on, DAY),
    SortKey(
        AnalysisSort.DURATION_S,
        first_when_missing(Analysis.duration_s, "'-9223372036854775808'::bigint"),
        LONG,
    ),
    SortKey(
        AnalysisSort.DURATION_S_DOWN,
        first_when_missing(Analysis.duration_s, "'-9223372036854775808'::bigint"),
        LONG,
    ),
)


def owned_by(user_id: UUID) -> Rows:
    return Analysis.author_id == user_id


class AnalysisRepository(Repository[Analysis]):
    """Every query about analyses; each says whose rows it may see."""

    model = Analysis
    read = select(Analysis)

    async def page(self, rows: Rows, asked: AnalysisQuery) -> Page[Analysis]:
        query = self.read.where(
            rows,
            matching(Analysis.search, asked.q),
            any_of(Analysis.team_id, asked.team_id),
            any_of(Analysis.happened_on, asked.happened_on),
            at_least(Analysis.happened_on, asked.happened_on_gte),
            at_most(Analysis.happened_on, asked.happened_on_lte),
            any_of(Analysis.is_public, asked.is_public),
            any_of(Analysis.author_id, asked.author_id),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
