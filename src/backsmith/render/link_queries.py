"""Writes the queries about the rows that a resource points to many of."""

from collections.abc import Iterator

from backsmith.design.model import Operation, Resource
from backsmith.render.links import Links

IMPORTS = """\
from collections.abc import Sequence

from sqlalchemy import Uuid, delete, exists, func
from sqlalchemy.dialects.postgresql import ARRAY, insert
"""


def imports(resource: Resource, links: list[Links]) -> list[str]:
    if not links:
        return []
    tables = ", ".join(each.table for each in links)
    return [IMPORTS.rstrip(), f"from app.models.{resource.names.stem} import {tables}"]


def constant(links: Links) -> str:
    """The ids of a row's links as one value, so that they come with the row."""
    table, there = links.table, links.there
    present = (
        f"""\
{links.present}: Rows = (
    exists()
    .where({links.reference.target}.id == {table}.c.{there}, LIVE_{links.target.plural.upper()})
    .correlate({table})
)
"""
        if links.hides
        else ""
    )
    return f"""\
{present}{links.constant} = func.array(
    select({table}.c.{there})
    .where({table}.c.{links.here} == {links.resource.name}.id{_and_present(links)})
    .order_by({table}.c.{there})
    .scalar_subquery(),
    type_=ARRAY(Uuid),
)"""


def _and_present(links: Links) -> str:
    return f", {links.present}" if links.hides else ""


def condition(links: Links) -> Iterator[str]:
    """The function that a list is filtered with."""
    table, name = links.table, links.resource.name
    yield f"""\
def {links.having}({links.column}: Sequence[UUID] | None) -> Rows:
    if {links.column} is None:
        return EVERY
    return exists().where(
        {table}.c.{links.here} == {name}.id,
        {table}.c.{links.there}.in_({links.column}){_and_present(links)}
    )


"""


def methods(links: Links, *, guarded: bool) -> Iterator[str]:
    """What puts links in, and others in their place; guarded are those not everybody may make."""
    table, name, stem = links.table, links.resource.name, links.resource.names.stem
    given = f"{stem}: {name}, {links.column}: Sequence[UUID]"
    pair = f'{{"{links.here}": {stem}.id, "{links.there}": {links.one}_id}}'
    # What hides between the look at it and this stands already.
    inserted = f"insert({table})" + (".on_conflict_do_nothing()" if links.hides else "")
    yield f"""
    async def {links.add}(self, {given}) -> None:
        pairs = [{pair} for {links.one}_id in {links.column}]
        if pairs:
            await self._session.execute({inserted}, pairs)"""
    if links.resource.offers(Operation.UPDATE):
        yield f"""
    async def {links.replace}(self, {given}) -> None:
        mine = {table}.c.{links.here} == {stem}.id
        await self._session.execute(delete({table}).where(mine{_and_present(links)}))
        await self.{links.add}({stem}, {links.column})
        await self.change({stem}, {{"updated_at": func.now()}})"""
        if guarded:
            yield from _new(links, given)


def _new(links: Links, given: str) -> Iterator[str]:
    table, one = links.table, links.one
    mine = f"{table}.c.{links.here} == {links.resource.names.stem}.id"
    yield f"""
    async def {links.new}(self, {given}) -> list[UUID]:
        \"""Leave out those that it points to already.\"""
        mine = select({table}.c.{links.there}).where({mine}{_and_present(links)})
        known = set(await self._session.scalars(mine))
        return [{one}_id for {one}_id in {links.column} if {one}_id not in known]"""
