"""Repositories of rows that can be hidden, and come back."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sqlalchemy import Select, exists, func, select

from app.db.base import Entity
from app.db.rows import EVERY, Rows
from app.repositories.base import Repository

M = TypeVar("M", bound=Entity)


class HidingRepository(Repository[M]):
    """Reads and writes rows that hide with what they belong to."""

    live: ClassVar[Rows]
    """The rows that are there; `read` keeps to them as well."""

    async def lock(self, rows: Rows, row_id: UUID) -> M | None:
        return await super().lock(rows & self.live, row_id)

    async def hold_all(self, rows: Rows, row_ids: Collection[UUID]) -> bool:
        # Looked at once they are held: whoever was deleting one, or what it belongs to, is done.
        held = await super().hold_all(EVERY, row_ids)
        return held and await super().hold_all(rows & self.live, row_ids)


class SoftRepository(HidingRepository[M]):
    """Reads and writes rows that are hidden where others would be deleted."""

    async def remove(self, row: M) -> None:
        await self.change(row, {"deleted_at": func.now()})

    async def lock_deleted(self, rows: Rows, row_id: UUID) -> M | None:
        deleted = self.model.deleted_at.is_not(None)
        return await self._locked(select(self.model).where(rows, deleted, self.model.id == row_id))

    async def restore(self, row: M) -> None:
        await self.change(row, {"deleted_at": None})

    async def _freeze(self, *hiding: Select[Any]) -> None:
        """Wait for whoever refers to rows that hide along, and keep others from it."""
        for rows in hiding:
            await self._session.execute(rows.with_for_update())

    async def _exists(self, *conditions: Rows) -> bool:
        return bool(await self._session.scalar(select(exists().where(*conditions))))

    async def _hides(
        self, model: type[Entity], live: Rows, ids: Sequence[UUID | None] | Select[Any]
    ) -> bool:
        """Say whether one of these rows hides, and keep those that don't from hiding now."""
        rows = select(model.id).where(model.id.in_(ids))
        await self._session.execute(rows.with_for_update(read=True, key_share=True))
        return await self._exists(model.id.in_(ids), ~live)
