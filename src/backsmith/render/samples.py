"""Writes what tests send and store when one value is as good as another."""

import re
from collections.abc import Iterator

from backsmith.design.model import Design, Field, Operation, Reference, Resource
from backsmith.render import schemas
from backsmith.render.capacity import fixed, has_owner, needed, one_each, refers_to_owned, varied
from backsmith.render.code import docstring, literal
from backsmith.render.english import a
from backsmith.render.enums import enum_imports
from backsmith.render.links import links_of
from backsmith.render.schemas import creation, default, marks
from backsmith.render.script import Script, person_class, person_import, sample_name
from backsmith.render.services import excluding
from backsmith.render.standing import standing
from backsmith.render.tables import TEXTS
from backsmith.render.value_types import TYPES, base_type, value_type
from backsmith.render.values import numbered, spelt
from backsmith.render.values import sample as any_value

IMPORTS = """\
import itertools
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.db.database import Database
"""


def samples(design: Design, resource: Resource) -> str:
    """The module that makes rows of a resource for tests."""
    name, names = resource.name, resource.names
    creates = resource.offers(Operation.CREATE)
    head = [
        f'"""{names.nouns.capitalize()} to test with."""',
        "",
        IMPORTS,
        f"from app.models import {name}{f' as {row}' if (row := _row(resource)) != name else ''}",
        f"from app.repositories.{names.stem} import {name}Repository",
        *(
            [f"from app.schemas.{names.stem} import {name}Create"]
            if creates
            else ["from app.schemas.base import Payload"]
        ),
        *(_of_payload(resource) if _declares(resource) else []),
        f"from app.tests.people import ALICE, BOB, EVERYBODY, {person_import(resource)}",
        *(
            f"from app.tests.samples.{target.names.stem} import {_how(target)}_{target.names.stem}"
            for target in needed(design, resource)
        ),
        "",
        "numbers = itertools.count(1)",
    ]
    parts = ["\n".join(head), *_payload(resource), _body(design, resource), _add(design, resource)]
    if one_each(resource):
        parts.append(_the_one(resource))
    return "\n\n\n".join(parts) + "\n"


def _of_payload(resource: Resource) -> list[str]:
    return [schemas.IMPORTS.rstrip(), *enum_imports([resource])]


def _declares(resource: Resource) -> bool:
    """Whether a sample holds what no client sends."""
    return _unsent(resource) != [] or not resource.offers(Operation.CREATE)


def _row(resource: Resource) -> str:
    """What the module calls the model, where one of its values' types is called the same."""
    clash = _declares(resource) and resource.name in TYPES.values()
    return f"{resource.name}Row" if clash else resource.name


def _unsent(resource: Resource) -> list[Field]:
    return [field for field in resource.fields if field.readonly or field.is_me]


def _payload(resource: Resource) -> Iterator[str]:
    """What a row is made of, as far as no client makes it."""
    if not resource.offers(Operation.CREATE):
        types = [value_type(resource, field) for field in resource.sent if not field.reference]
        yield "\n".join([*marks(resource), *types])
        yield "\n".join(creation(resource))
    if unsent := _unsent(resource):
        yield "\n".join(
            [
                f"class {_payload_name(resource)}({resource.name}Create):",
                docstring(f"{a(resource.names.noun).capitalize()} with what no client sends."),
                "",
                *(_unsent_line(resource, field) for field in unsent),
            ]
        )


def _unsent_line(resource: Resource, field: Field) -> str:
    if field.is_me:
        kind = "Id | None" if field.optional else "Id"
        return f"    {field.column}: {kind} = ALICE.id"
    kind = f"{base_type(field)} | None" if field.optional else base_type(field)
    if field.choices:
        kind = f"Annotated[{kind}, Field(strict=False)]"
    held = standing(resource).get(field.name) if field.name in fixed(resource) else None
    value = default(field) if held is None else literal(field, held)
    return f"    {field.column}: {kind} = {value}"


def _payload_name(resource: Resource) -> str:
    return f"Whole{resource.name}" if _unsent(resource) else f"{resource.name}Create"


def _body(design: Design, resource: Resource) -> str:
    noun = a(resource.names.noun)
    one = Script(design, resource).one
    values = dict(_values(design, resource))
    counted = any(re.search(r"\bn\b", value) for value in values.values())
    return "\n".join(
        [
            f"{_signature(design, resource)} -> dict[str, Any]:",
            f'    """What somebody sends to create {noun}; no two are alike."""',
            *(["    n = next(numbers)"] if counted else []),
            *_given(one, values),
        ]
    )


def _given(one: str, values: dict[str, str]) -> list[str]:
    if not values:
        return ["    return changes"]
    lines = [f'        "{column}": {value},' for column, value in values.items()]
    return [f"    {one} = {{", *lines, "    }", f"    return {one} | changes"]


def _signature(design: Design, resource: Resource) -> str:
    if not needed(design, resource):
        return f"def {sample_name(resource)}(**changes: Any)"
    owner = (
        f", owner: {person_class(resource)} = ALICE" if refers_to_owned(design, resource) else ""
    )
    head = f"async def {sample_name(resource)}"
    return f"{head}(database: Database{owner}, /, **changes: Any)"


def _values(design: Design, resource: Resource) -> Iterator[tuple[str, str]]:
    names = varied(resource)
    held = standing(resource)
    for field in Script(design, resource).given:
        if field.name in held:
            yield field.column, spelt(held[field.name])
        elif field.links:
            if field.required:
                yield field.column, _linked(design, field, field.links)
        elif field.reference is None:
            counts = field.name in names or _reads(field)
            yield field.column, numbered(field)[0] if counts else any_value(field)
        elif not field.optional:
            yield field.column, _referred(design, field.reference, field.name in names)


def _reads(field: Field) -> bool:
    """Whether a number in the value makes rows easier to tell apart."""
    return field.type in TEXTS and field.pattern is None and (field.maximum or 0) >= 12


def _referred(design: Design, reference: Reference, unique: bool) -> str:
    if reference.target == "User":
        return f"str({'EVERYBODY[n % len(EVERYBODY)]' if unique else 'BOB'}.id)"
    target = design.resource(reference.target)
    owner = ", owner" if has_owner(design, target) else ""
    return f"str((await {_how(target)}_{target.names.stem}(database{owner})).id)"


def _linked(design: Design, field: Field, links: Reference) -> str:
    """As few as there must be."""
    least = int(field.minimum or 0)
    if links.target == "User":
        return f"sorted(str(person.id) for person in EVERYBODY[:{least}])"
    target = design.resource(links.target)
    if one_each(target) and least > 1:
        people = f"for person in EVERYBODY[:{least}]"
        return f"sorted([str((await the_{target.names.stem}(database, person)).id) {people}])"
    one = _referred(design, links, unique=False)
    return f"[{one}]" if least == 1 else f"sorted([{one} for _ in range({least})])"


def _add(design: Design, resource: Resource) -> str:
    row, names = _row(resource), resource.names
    owner = resource.owner and resource.field(resource.owner).column
    given = f"{owner}=owner.id, " if owner else ""
    whose = f", owner: {person_class(resource)} = ALICE" if has_owner(design, resource) else ""
    body = "**changes"
    if needed(design, resource):
        body = f"database, {'owner, ' if refers_to_owned(design, resource) else ''}**changes"
    made = f"{'await ' if needed(design, resource) else ''}{sample_name(resource)}({body})"
    head = f"async def add_{names.stem}(database: Database{whose}, /, **changes: Any) -> {row}:"
    if resource.links:
        return _add_linked(design, resource, head, made, given)
    return f'''\
{head}
    """Put {a(names.noun)} into the database."""
    values = {_payload_name(resource)}.model_validate({made}).model_dump()
    async with database.writes() as session:
        return await {resource.name}Repository(session).save({row}({given}**values))'''


def _add_linked(design: Design, resource: Resource, head: str, made: str, given: str) -> str:
    name, names = resource.name, resource.names
    one, many = Script(design, resource).one, names.plural
    many = many if many != one else "repository"
    adding = [
        f"        await {many}.{each.add}({one}, sent.{each.column})"
        for each in links_of(design, resource)
    ]
    return "\n".join(
        [
            head,
            f'    """Put {a(names.noun)} into the database."""',
            f"    sent = {_payload_name(resource)}.model_validate({made})",
            "    async with database.writes() as session:",
            f"        {many} = {name}Repository(session)",
            f"        {one} = {_row(resource)}({given}**sent.model_dump({excluding(resource)}))",
            f"        await {many}.save({one})",
            *adding,
            f"        return {one}",
        ]
    )


def _the_one(resource: Resource) -> str:
    name, names = _row(resource), resource.names
    owner = resource.field(resource.owner or "").column
    whose = f"owner: {person_class(resource)} = ALICE"
    live = f", {name}.deleted_at.is_(None)" if resource.soft_delete else ""
    return f'''\
async def the_{names.stem}(database: Database, {whose}, /) -> {name}:
    """Find the one {names.noun} of somebody, or add it."""
    async with database.reads() as session:
        found = await session.scalar(select({name}).where({name}.{owner} == owner.id{live}))
    return found or await add_{names.stem}(database, owner)'''


def _how(target: Resource) -> str:
    return "the" if one_each(target) else "add"
