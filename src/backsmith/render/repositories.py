"""Writes every query about a resource."""

from collections.abc import Iterator

from backsmith.design.model import Design, Field, Operation, Resource, Scalar, Who
from backsmith.render.link_queries import condition, constant, imports, methods
from backsmith.render.links import Links, links_of
from backsmith.render.models import embedded
from backsmith.render.schemas import filtered, ranged
from backsmith.render.tables import lowest

IMPORTS = """\
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, with_expression

from app.db.page import DAY, MOMENT, NUMBER, REAL, TEXT, TIME_OF_DAY, WHOLE
from app.db.page import SortKey, Page, first_when_missing, sort_keys
from app.db.rows import EVERY, Rows, any_of, at_least, at_most, matching, missing
from app.repositories.base import Repository
"""
KINDS = {
    Scalar.INT: "WHOLE",
    Scalar.BIGINT: "WHOLE",
    Scalar.FLOAT: "REAL",
    Scalar.DECIMAL: "NUMBER",
    Scalar.DATE: "DAY",
    Scalar.TIME: "TIME_OF_DAY",
    Scalar.DATETIME: "MOMENT",
}
"""How a cursor holds a key of this type."""


def repository(design: Design, resource: Resource) -> str:
    """The module that holds a resource's queries."""
    name, stem = resource.name, resource.names.stem
    lists, links = resource.offers(Operation.LIST), links_of(design, resource)
    lines = [
        IMPORTS,
        *imports(resource, links),
        f"from app.models import {name}",
        *([f"from app.schemas.{stem} import {name}Query, {name}Sort"] if lists else []),
        "",
        *map(constant, links),
        *(["SORT_KEYS = sort_keys(", *_orders(resource), ")"] if lists else []),
        "",
        "",
        *_owned_by(resource),
        *(line for each in links if lists for line in condition(each)),
        f"class {name}Repository(Repository[{name}]):",
        f'    """Every query about {resource.names.nouns}; each says whose rows it may see."""',
        "",
        f"    model = {name}",
        f"    read = select({name}){_options(resource, links)}",
        "",
        *(_page(resource) if lists else []),
        *(line for each in links for line in methods(each)),
    ]
    return "\n".join(lines) + "\n"


def _page(resource: Resource) -> Iterator[str]:
    name = resource.name
    yield f"    async def page(self, rows: Rows, asked: {name}Query) -> Page[{name}]:"
    yield f"        query = self.read.where({', '.join(_conditions(resource))})"
    yield "        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)"


def owned(resource: Resource) -> bool:
    """Whether some rule of the resource asks whose row it is."""
    access = resource.access
    return any(Who.OWNER in who for who in (access.read, access.update, access.delete))


def _orders(resource: Resource) -> Iterator[str]:
    name = resource.name
    yield from _both_ways(name, "created_at", f"{name}.created_at", "MOMENT")
    for field in resource.fields:
        if field.sort:
            kind = KINDS.get(field.type, "TEXT") if isinstance(field.type, Scalar) else "TEXT"
            yield from _both_ways(name, field.name, _key(name, field), kind)


def _both_ways(name: str, field: str, key: str, kind: str) -> Iterator[str]:
    for direction in ("", "_DOWN"):
        yield f"    SortKey({name}Sort.{field.upper()}{direction}, {key}, {kind}),"


def _key(name: str, field: Field) -> str:
    column = f"{name}.{field.column}"
    return f'first_when_missing({column}, "{lowest(field)}")' if field.optional else column


def _owned_by(resource: Resource) -> list[str]:
    if not owned(resource) or resource.owner is None:
        return []
    return [
        "def owned_by(user_id: UUID) -> Rows:",
        f"    return {resource.name}.{resource.field(resource.owner).column} == user_id",
        "",
        "",
    ]


def _options(resource: Resource, links: list[Links]) -> str:
    options = [
        f"joinedload({resource.name}.{field.name}{'' if field.optional else ', innerjoin=True'})"
        for field, _ in embedded(resource)
    ]
    options += [
        f"with_expression({resource.name}.{each.column}, {each.constant})" for each in links
    ]
    return f".options({', '.join(options)})" if options else ""


def _conditions(resource: Resource) -> Iterator[str]:
    name = resource.name
    yield "rows"
    if any(field.search for field in resource.fields):
        yield f"matching({name}.search, asked.q)"
    for field in filter(filtered, resource.fields):
        column = field.column
        if field.links:
            yield f"having_{field.name}(asked.{column})"
            continue
        yield f"any_of({name}.{column}, asked.{column})"
        if ranged(field):
            yield f"at_least({name}.{column}, asked.{column}_gte)"
            yield f"at_most({name}.{column}, asked.{column}_lte)"
        if field.optional:
            yield f"missing({name}.{column}, asked.{column}_isnull)"
