from collections.abc import Callable, Collection
from typing import Any, TypeVar
from uuid import UUID

from app.core.actor import Actor
from app.core.errors import AppError, Conflict, Forbidden
from app.db.rows import Rows
from app.repositories.base import Repository

M = TypeVar("M")


def existing(row: M | None, error: type[AppError]) -> M:
    """Hand on a row, or say why there is none."""
    if row is None:
        raise error
    return row


class Lookup:
    """Lets people refer only to what they may read: anything else is as good as missing."""

    def __init__(self, rows: Repository[Any], readable: Callable[[Actor], Rows]) -> None:
        self._rows = rows
        self._readable = readable

    async def check(self, actor: Actor, row_id: UUID | None, missing: type[Conflict]) -> None:
        """Raise `missing` unless this caller may read the row, or there is none to look for."""
        if row_id is None:
            return
        try:
            rows = self._readable(actor)
        except Forbidden as error:
            raise missing from error
        if not await self._rows.hold_all(rows, [row_id]):
            raise missing

    async def check_all(
        self, actor: Actor, row_ids: Collection[UUID], missing: type[Conflict]
    ) -> None:
        """Raise `missing` unless this caller may read each of these rows."""
        if not row_ids:
            return
        try:
            rows = self._readable(actor)
        except Forbidden as error:
            raise missing from error
        if not await self._rows.hold_all(rows, row_ids):
            raise missing
