from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.db.base import Entity
from app.db.page import Page, SortKey, after, cursor_of
from app.db.rows import Rows

M = TypeVar("M", bound=Entity)


class Repository(Generic[M]):
    """Reads and writes one model. Flushes, never commits."""

    model: ClassVar[type[Any]]
    read: ClassVar[Select[Any]]
    """One row with everything that a response shows of it, in one query."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, rows: Rows, row_id: UUID) -> M | None:
        return await self._first(self.read.where(rows, self.model.id == row_id))

    async def lock(self, rows: Rows, row_id: UUID) -> M | None:
        """Read a row that is about to change, and make others wait until it has."""
        return await self._locked(select(self.model).where(rows, self.model.id == row_id))

    async def hold_all(self, rows: Rows, row_ids: Collection[UUID]) -> bool:
        """Find rows that another will refer to, and keep them from going until it does."""
        every = select(self.model.id).where(rows, self.model.id.in_(row_ids))
        held = every.order_by(self.model.id).with_for_update(read=True, key_share=True)
        return len((await self._session.scalars(held)).all()) == len(row_ids)

    async def shown(self, row: M) -> M:
        """Read a row that was just written, as a response shows it."""
        query = self.read.where(self.model.id == row.id)
        fresh: M = (
            await self._session.scalars(query, execution_options={"populate_existing": True})
        ).one()
        return fresh

    async def save(self, row: M) -> M:
        self._session.add(row)
        await self._session.flush()
        return row

    async def change(self, row: M, values: Mapping[str, Any]) -> M:
        for field, value in values.items():
            setattr(row, field, value)
        return await self.save(row)

    async def remove(self, row: M) -> None:
        await self._session.delete(row)
        await self._session.flush()

    async def _first(self, query: Select[Any]) -> M | None:
        found: M | None = await self._session.scalar(query)
        return found

    async def _locked(self, query: Select[Any]) -> M | None:
        return await self._first(query.with_for_update())

    async def _page(
        self, query: Select[Any], by: SortKey, limit: int, cursor: str | None
    ) -> Page[M]:
        query = after(query.add_columns(by.key), by, self.model.id, cursor)
        found = (await self._session.execute(query.limit(limit + 1))).all()
        rows = found[:limit]
        more = len(found) > limit
        return Page(
            items=[row[0] for row in rows],
            next_cursor=cursor_of(rows[-1][1], rows[-1][0].id, by) if more else None,
        )
