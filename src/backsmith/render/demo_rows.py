"""Writes the few rows of each resource that a developer's database begins with."""

import json
from collections.abc import Iterator

from backsmith.design.model import Design, Field, Resource, Scalar
from backsmith.render.capacity import capacity, fixed, one_each
from backsmith.render.circles import ordered
from backsmith.render.code import literal, quoted
from backsmith.render.english import words
from backsmith.render.enums import enum_imports
from backsmith.render.examples import NAMES, SENTENCE
from backsmith.render.links import Links, links_of
from backsmith.render.standing import values_of
from backsmith.render.tables import TEXTS
from backsmith.render.texts import fitting, matching
from backsmith.render.values import fits, several, spelt

IMPORTS = """\
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.tests.people import ADMIN, ALICE, BOB
"""
NOTHING = '''\
from sqlalchemy.ext.asyncio import AsyncSession


async def add_rows(session: AsyncSession) -> None:
    """Add nothing: there are no resources yet."""
'''
MOST = 3
ORDINALS = ("First", "Second", "Third")
DAYS = ("2026-03-14", "2025-11-02", "2024-07-29")
TIMES = ("09:30:00", "14:00:00", "18:15:00")
WORDS = (SENTENCE, "Some more, for comparison.", "And that is all.")
AMOUNTS = ("9.50", "14.00", "24.90")
OWNERS = ("ALICE", "BOB", "ALICE")
OTHERS = ("BOB", "ALICE", "ADMIN")


def demo_rows(design: Design) -> str:
    """The module that fills a developer's database."""
    resources = ordered(design)
    if not resources:
        return NOTHING
    counts = {each.name: _count(design, each) for each in resources}
    lines = [
        IMPORTS,
        f"from app.models import {', '.join(each.name for each in resources)}",
        *enum_imports(resources),
        "",
    ]
    known: dict[str, Resource] = {}
    for number, resource in enumerate(resources, 1):
        lines += [f"{_constant(resource)}: list[dict[str, Any]] = ["]
        for at in range(counts[resource.name]):
            values = {"id": _id(number, at), **dict(_row(resource, number, at, known, counts))}
            pairs = ", ".join(f'"{column}": {value}' for column, value in values.items())
            lines.append(f"    {{{pairs}}},")
        lines += ["]", ""]
        known[resource.name] = resource
    pairs = ", ".join(f"({each.name}, {_constant(each)})" for each in resources)
    comma = "," if len(resources) == 1 else ""
    every = [links for each in resources for links in links_of(design, each)]
    joined = ", ".join(f"({links.table}, {links.table.upper()})" for links in every)
    lines += [line for links in every for line in _pairs(links, counts)]
    lines[1:1] = [
        f"from app.models.{links.resource.names.stem} import {links.table}" for links in every
    ]
    return "\n".join(lines) + _adding(f"({pairs}{comma})") + (_linking(joined) if every else "")


def _adding(pairs: str) -> str:
    return f'''

async def add_rows(session: AsyncSession) -> None:
    """Add a few rows of each resource, unless they are there."""
    for model, rows in {pairs}:
        await session.execute(insert(model).on_conflict_do_nothing(), rows)
        there = select(func.count()).where(model.id.in_([row["id"] for row in rows]))
        if await session.scalar(there) != len(rows):
            # Somebody's own rows are in the way, and what follows may refer to these.
            return
'''


def _linking(pairs: str) -> str:
    comma = "" if "), (" in pairs else ","
    return f"""\
    for table, pairs in ({pairs}{comma}):
        await session.execute(insert(table).on_conflict_do_nothing(), pairs)
"""


def _pairs(links: Links, counts: dict[str, int]) -> Iterator[str]:
    """Two links of the first row, one of each other; as many as there have to be and can be."""
    resource, target = links.resource, links.reference.target
    least, most = int(links.field.minimum or 0), int(links.field.maximum or 0)
    there = len(OTHERS) if target == "User" else counts[target]
    # A row is none of those of its kind that it points to.
    first = 1 if links.within else 0
    yield f"{links.table.upper()}: list[dict[str, Any]] = ["
    for at in range(counts[resource.name]):
        wanted = min(max(2 if at == 0 else 1, least), most, there - first)
        for step in range(first, first + wanted):
            row = (at + step) % there
            to = (
                f"{OTHERS[row]}.id"
                if target == "User"
                else f'{links.target.plural.upper()}[{row}]["id"]'
            )
            mine = f'{_constant(resource)}[{at}]["id"]'
            yield f'    {{"{links.here}": {mine}, "{links.there}": {to}}},'
    yield "]"
    yield ""


def _constant(resource: Resource) -> str:
    return resource.names.plural.upper()


def _count(design: Design, resource: Resource) -> int:
    # Their owners are several, so that one each makes two.
    return 2 if one_each(resource) else min(MOST, max(1, capacity(design, resource)))


def _id(resource: int, row: int) -> str:
    return f'UUID("00000000-0000-7000-a{resource:03x}-{row + 1:012}")'


def _row(
    resource: Resource, number: int, at: int, known: dict[str, Resource], counts: dict[str, int]
) -> Iterator[tuple[str, str]]:
    for field in resource.columns:
        if field.reference is None:
            yield field.column, value_of(resource, field, at)
        elif field.reference.target == "User":
            people = OWNERS if field in resource.tokened else OTHERS
            yield field.column, f"{people[at]}.id"
        elif field.reference.target == resource.name:
            # The rows of its kind are being written: the one before is known by its id alone.
            yield field.column, _id(number, at - 1) if at else "None"
        elif field.reference.target in known:
            target = known[field.reference.target]
            row = at % counts[target.name]
            yield field.column, f'{_constant(target)}[{row}]["id"]'


def value_of(resource: Resource, field: Field, at: int) -> str:
    """What a field holds in one of the first three rows, as an expression."""
    if field.item:
        return f"[{', '.join(_items(resource, field, field.item, at))}]"
    if field.name in fixed(resource):
        # Some for each side of what the rules ask of a row.
        kinds = values_of(resource, field.name)
        kind = kinds[at % len(kinds)]
        return spelt(kind) if kind is None else literal(field, kind)
    if field.example is not None and at == 0:
        return _given(field, field.example)
    if field.type in TEXTS:
        return quoted(_text(resource, field, at))
    match field.type:
        case Scalar.DATE:
            return literal(field, DAYS[at])
        case Scalar.TIME:
            return literal(field, TIMES[at])
        case Scalar.DATETIME:
            return literal(field, f"{DAYS[at]}T{TIMES[at]}+00:00")
        case Scalar.DECIMAL if fits(field, AMOUNTS[at]):
            return literal(field, AMOUNTS[at])
    fit = [each for each in reversed(several(field)) if each is not None]
    values = [each for each in fit if str(each) != field.example] or fit
    value = values[at % len(values)]
    return spelt(value) if isinstance(value, list | dict) else literal(field, value)


def _items(resource: Resource, field: Field, item: Field, at: int) -> Iterator[str]:
    """Two values in the first row, one in each other; as many as there have to be."""
    least, most = int(field.minimum or 0), int(field.maximum or 0)
    for step in range(min(max(2 if at == 0 else 1, least), most)):
        yield value_of(resource, item, (at + step) % MOST)


def _text(resource: Resource, field: Field, at: int) -> str:
    if field.pattern and field.type is not Scalar.SLUG:
        texts = [text for text in matching(field, MOST + 1) if text != field.example]
        return texts[at % len(texts)] if texts else field.example or ""
    ordinal, noun = ORDINALS[at], resource.names.noun
    what = noun if field.name in (*NAMES, "slug") else words(field.name)
    match field.type:
        case Scalar.EMAIL:
            text = f"{ordinal.lower()}@example.com"
        case Scalar.URL:
            text = f"https://example.com/{ordinal.lower()}"
        case Scalar.SLUG:
            text = f"{ordinal}-{what}".lower().replace(" ", "-")
        case Scalar.TEXT:
            text = WORDS[at]
        case _:
            text = f"{ordinal} {what}"
    return fitting(field, text, at)


def _given(field: Field, text: str) -> str:
    if field.type in (Scalar.INT, Scalar.BIGINT):
        return literal(field, int(text))
    if field.type is Scalar.FLOAT:
        return literal(field, float(text))
    if field.type is Scalar.BOOL:
        return literal(field, text == "true")
    if field.type is Scalar.JSON:
        return spelt(json.loads(text))
    return literal(field, text)
