"""Writes which rows are there for callers, and the repositories of rows that hide."""

from collections.abc import Iterator, Sequence

from backsmith.design.model import Design, Field, Reference, Resource
from backsmith.render.hiding import (
    emptied,
    hides,
    live_name,
    parents,
    parents_first,
    shown_value,
    softly_deletes,
    tree_keys,
)
from backsmith.render.trees import frozen, trees

HEAD = '''\
"""Which rows are there: those that are not deleted, nor hidden with what they belong to."""

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.db.rows import Rows
from app.repositories.trees import all_the_way_up
'''
HIDING = '''\
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
{FREEZE}
    async def _exists(self, *conditions: Rows) -> bool:
        return bool(await self._session.scalar(select(exists().where(*conditions))))

    async def _hides(
        self, model: type[Entity], live: Rows, ids: Sequence[UUID | None] | Select[Any]
    ) -> bool:
        """Say whether one of these rows hides, and keep those that don't from hiding now."""
        rows = select(model.id).where(model.id.in_(ids))
        await self._session.execute(rows.with_for_update(read=True, key_share=True))
        return await self._exists(model.id.in_(ids), ~live)
'''


WAITING = '''\
"""Tells when one request waits for another."""

import asyncio

from sqlalchemy import text

from app.db.database import Database

WAITING = text(
    "SELECT EXISTS (SELECT FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock')"
)


async def until_somebody_waits(database: Database) -> None:
    """Return as soon as a statement waits for what another has locked."""
    async with database.reads() as session:
        for _ in range(1_000):
            if await session.scalar(WAITING):
                return
            await asyncio.sleep(0.01)
    raise TimeoutError("nobody waits for anything")
'''


def live_rows(design: Design) -> dict[str, str]:
    """The modules, by path, if anything in this design is deleted softly."""
    if not softly_deletes(design):
        return {}
    return {
        "app/repositories/hiding.py": HIDING.replace("{FREEZE}\n", frozen(design)),
        "app/repositories/live.py": _live(design),
        "app/tests/waiting.py": WAITING,
        **trees(design),
    }


def _live(design: Design) -> str:
    resources = parents_first(design)
    lines = [HEAD.rstrip(), f"from app.models import {', '.join(each.name for each in resources)}"]
    lines.append("")
    for resource in resources:
        if hides(design, resource):
            lines.append(f"{live_name(resource)}: Rows = {_condition(design, resource)}")
    for resource in resources:
        for pair in emptied(design, resource):
            lines += _shown(design, resource, *pair)
    return "\n".join(lines) + "\n"


def _condition(design: Design, resource: Resource) -> str:
    return _all_of(_there(design, resource, resource.name))


def _all_of(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"and_({', '.join(parts)})"


def _there(design: Design, resource: Resource, name: str) -> list[str]:
    """What has to hold for a row to be there, and for all that it belongs to in its tree."""
    keys = ", ".join(f'"{key}"' for key in tree_keys(resource))
    if not keys:
        return [*_parts(design, resource, name)]
    one = resource.names.stem
    each = _all_of([*_parts(design, resource, one)])
    return [f"all_the_way_up({name}, lambda {one}: {each}, {keys})"]


def _parts(design: Design, resource: Resource, name: str) -> Iterator[str]:
    """What has to hold for a row to be there, of the model or of another name for it."""
    if resource.soft_delete:
        yield f"{name}.deleted_at.is_(None)"
    for field, reference in parents(design, resource):
        key, target = f"{name}.{field.column}", design.resource(reference.target)
        there = f"exists().where({target.name}.id == {key}, {live_name(target)}).correlate({name})"
        yield f"or_({key}.is_(None), {there})" if field.optional else there


def _shown(design: Design, resource: Resource, field: Field, reference: Reference) -> Iterator[str]:
    """A query of one row by its key, whose name differs from that of the row that refers to it."""
    name, target = resource.name, design.resource(reference.target)
    there, live = target.name, live_name(target)
    if target == resource:
        there = f"{resource.names.stem}_{field.name}".upper()
        live = ", ".join(_there(design, target, there))
        yield f"{there} = aliased({target.name})"
    yield (
        f"{shown_value(resource, field)} = select({there}.id)"
        f".where({there}.id == {name}.{field.column}, {live})"
        f".correlate({name}).scalar_subquery()"
    )
