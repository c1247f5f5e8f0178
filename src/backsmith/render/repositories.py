"""Writes every query about a resource."""

from collections.abc import Iterator, Sequence

from backsmith.design.model import Design, Field, Operation, Reference, Resource, Scalar, Who
from backsmith.render.conditions import conditions_of, named_rows
from backsmith.render.enums import enum_imports
from backsmith.render.hiding import (
    emptied,
    emptied_in_answers,
    hides,
    live_name,
    shown_name,
    shown_value,
    softly_deletes,
)
from backsmith.render.hiding_queries import hiding_queries
from backsmith.render.link_queries import condition, constant, imports, methods
from backsmith.render.links import Links, links_of
from backsmith.render.models import embedded
from backsmith.render.parents import parent_query
from backsmith.render.schemas import filtered, ranged
from backsmith.render.services import guarded_links
from backsmith.render.tables import lowest

IMPORTS = """\
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, with_expression

from app.db.page import DAY, LONG, MOMENT, REAL, TEXT, TIME_OF_DAY, WHOLE
from app.db.page import SortKey, Page, decimals, first_when_missing, sort_keys
from app.db.rows import EVERY, Rows, any_of, at_least, at_most, holding_any
from app.db.rows import matching, missing
from app.repositories.base import Repository
"""
KINDS = {
    Scalar.INT: "WHOLE",
    Scalar.BIGINT: "LONG",
    Scalar.FLOAT: "REAL",
    Scalar.DATE: "DAY",
    Scalar.TIME: "TIME_OF_DAY",
    Scalar.DATETIME: "MOMENT",
}
"""How a cursor holds a key of this type."""


def repository(design: Design, resource: Resource) -> str:
    """The module that holds a resource's queries."""
    name, stem = resource.name, resource.names.stem
    lists, links = resource.offers(Operation.LIST), links_of(design, resource)
    guarded = guarded_links(design, resource)
    lines = [
        IMPORTS,
        *imports(resource, links),
        *_hiding_imports(design),
        f"from app.models import {', '.join([name, *_passed(design, resource)])}",
        *([f"from app.schemas.{stem} import {name}Query, {name}Sort"] if lists else []),
        *enum_imports([resource] if conditions_of(resource) else []),
        "",
        *map(constant, links),
        *named_rows(resource),
        *(["SORT_KEYS = sort_keys(", *_orders(resource), ")"] if lists else []),
        "",
        "",
        *_owned_by(design, resource),
        *(line for each in links if lists for line in condition(each)),
        f"class {name}Repository({_kind(design, resource)}[{name}]):",
        f'    """Every query about {resource.names.nouns}; each says whose rows it may see."""',
        "",
        f"    model = {name}",
        *_live(design, resource),
        f"    read = select({name}){_options(design, resource, links)}",
        "",
        *(_page(design, resource) if lists else []),
        *parent_query(design, resource, _owned_above(design, resource)),
        *(line for each in links for line in methods(each, guarded=each in guarded)),
        *hiding_queries(design, resource),
    ]
    return "\n".join(lines) + "\n"


def _page(design: Design, resource: Resource) -> Iterator[str]:
    name = resource.name
    yield f"    async def page(self, rows: Rows, asked: {name}Query) -> Page[{name}]:"
    yield f"        query = self.read.where({', '.join(_conditions(design, resource))})"
    yield "        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)"


def owned(resource: Resource) -> bool:
    """Whether some rule of the resource asks whose row it is."""
    access = resource.access
    return any(rule.who == Who.OWNER for rule in (*access.read, *access.update, *access.delete))


def _orders(resource: Resource) -> Iterator[str]:
    name = resource.name
    yield from _both_ways(name, "created_at", f"{name}.created_at", "MOMENT")
    for field in resource.fields:
        if field.sort:
            yield from _both_ways(name, field.name, _key(name, field), _kind_of(field))


def _kind_of(field: Field) -> str:
    if field.type is Scalar.DECIMAL:
        digits, places = field.precision or (0, 0)
        return f"decimals({digits}, {places})"
    return KINDS.get(field.type, "TEXT") if isinstance(field.type, Scalar) else "TEXT"


def _both_ways(name: str, field: str, key: str, kind: str) -> Iterator[str]:
    for direction in ("", "_DOWN"):
        yield f"    SortKey({name}Sort.{field.upper()}{direction}, {key}, {kind}),"


def _key(name: str, field: Field) -> str:
    column = f"{name}.{field.column}"
    return f'first_when_missing({column}, "{lowest(field)}")' if field.optional else column


def _owned_by(design: Design, resource: Resource) -> list[str]:
    path = resource.owner_path or ((resource.owner,) if resource.owner else ())
    if not owned(resource) or not path:
        return []
    return [
        "def owned_by(user_id: UUID) -> Rows:",
        f"    return {_leads_to(design, resource, *path)}",
        "",
        "",
    ]


def _owned_above(design: Design, resource: Resource) -> str:
    """The ids of the rows above that belong to a person, where rows belong to whom those do."""
    first, *further = resource.owner_path or ("",)
    reference = resource.field(first).reference if further else None
    return _owned_ids(design, reference, further) if reference else ""


def _owned_ids(design: Design, reference: Reference, path: Sequence[str]) -> str:
    target = design.resource(reference.target)
    return f"select({target.name}.id).where({_leads_to(design, target, *path)})"


def _leads_to(design: Design, resource: Resource, step: str, *further: str) -> str:
    """Rows whose owner a person is, along the way from row to row."""
    field = resource.field(step)
    column = f"{resource.name}.{field.column}"
    if not further or not field.reference:
        return f"{column} == user_id"
    return f"{column}.in_({_owned_ids(design, field.reference, further)})"


def _passed(design: Design, resource: Resource) -> list[str]:
    """The resources on the way to the owner."""
    found, here = [], resource
    for step in resource.owner_path[:-1]:
        reference = here.field(step).reference
        here = design.resource(reference.target if reference else "")
        found.append(here.name)
    return found


def _hiding_imports(design: Design) -> list[str]:
    if not softly_deletes(design):
        return []
    live = [live_name(each) for each in design.resources if hides(design, each)]
    shown = [
        shown_value(each, field) for each in design.resources for field, _ in emptied(design, each)
    ]
    return [
        "from sqlalchemy import delete, or_",
        "from sqlalchemy.orm import with_expression",
        f"from app.models import {', '.join(each.name for each in design.resources)}",
        "from app.repositories.hiding import HidingRepository, SoftRepository",
        f"from app.repositories.live import {', '.join([*live, *shown])}",
        "from app.repositories.trees import all_below",
    ]


def _kind(design: Design, resource: Resource) -> str:
    if resource.soft_delete:
        return "SoftRepository"
    return "HidingRepository" if hides(design, resource) else "Repository"


def _live(design: Design, resource: Resource) -> list[str]:
    return [f"    live = {live_name(resource)}"] if hides(design, resource) else []


def _options(design: Design, resource: Resource, links: list[Links]) -> str:
    name = resource.name
    kept = f".where({live_name(resource)})" if hides(design, resource) else ""
    options = [_embedding(design, resource, *pair) for pair in embedded(resource)]
    options += [
        f"with_expression({name}.{shown_name(field)}, {shown_value(resource, field)})"
        for field, reference in emptied_in_answers(design, resource)
        if not reference.embed
    ]
    options += [f"with_expression({name}.{each.column}, {each.constant})" for each in links]
    return f"{kept}.options({', '.join(options)})" if options else kept


def _embedding(design: Design, resource: Resource, field: Field, reference: Reference) -> str:
    """Load what is shown beside a row: nothing that hides, and nothing hidden of it."""
    path = f"{resource.name}.{field.name}"
    if reference.target == "User":
        return f"joinedload({path}{'' if field.optional else ', innerjoin=True'})"
    target = design.resource(reference.target)
    if field in [each for each, _ in emptied(design, resource)]:
        path = f"{path}.and_({live_name(target)})"
    inner = "" if field.optional else ", innerjoin=True"
    nested = [
        f"with_expression({target.name}.{shown_name(each)}, {shown_value(target, each)})"
        for each, _ in emptied_in_answers(design, target)
    ]
    return f"joinedload({path}{inner})" + (f".options({', '.join(nested)})" if nested else "")


def _conditions(design: Design, resource: Resource) -> Iterator[str]:
    name = resource.name
    hidden = [field for field, _ in emptied(design, resource)]
    yield "rows"
    if any(field.search for field in resource.fields):
        yield f"matching({name}.search, asked.q)"
    for field in filter(filtered, resource.fields):
        column = field.column
        if field.links:
            yield f"having_{field.name}(asked.{column})"
            continue
        kept = "holding_any" if field.item else "any_of"
        yield f"{kept}({name}.{column}, asked.{column})"
        if ranged(field):
            yield f"at_least({name}.{column}, asked.{column}_gte)"
            yield f"at_most({name}.{column}, asked.{column}_lte)"
        if field in hidden:
            # The column has an index, and is asked as well for that reason.
            shown = shown_value(resource, field)
            yield f"any_of({shown}, asked.{column})"
            yield f"missing({shown}, asked.{column}_isnull)"
        elif field.optional:
            yield f"missing({name}.{column}, asked.{column}_isnull)"
