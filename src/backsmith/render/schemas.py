"""Writes what goes in and out of a resource's routes."""

from collections.abc import Iterator, Sequence

from backsmith.design.model import Design, Empty, Field, Operation, Reference, Resource, Scalar
from backsmith.render.code import docstring, literal, quoted
from backsmith.render.english import a
from backsmith.render.enums import enum_imports
from backsmith.render.hiding import emptied, shown_name
from backsmith.render.models import embedded, python_type
from backsmith.render.moments import is_now, now_in_python
from backsmith.render.tables import target_names
from backsmith.render.value_types import asked_type, item_type, told, type_name, value_type

IMPORTS = """\
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.schemas.amounts import digits
from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Search, Several, View
from app.schemas.json import AnyJson
from app.schemas.types import Amount, Base64, BigWhole, Clock, Day, Email, Id, Ids, Moment, Real
from app.schemas.types import Slug, Text, Url, Whole, sized
"""
ORDERED = {
    Scalar.INT,
    Scalar.BIGINT,
    Scalar.FLOAT,
    Scalar.DECIMAL,
    Scalar.DATE,
    Scalar.TIME,
    Scalar.DATETIME,
}
"""Types that a list can be asked for a range of."""


def schema(design: Design, resource: Resource) -> str:
    """The module that holds a resource's payloads, views and questions."""
    parts = [
        [IMPORTS, *enum_imports([resource]), *_summaries(design, resource)],
        [*marks(resource), *value_types(resource)],
        creation(resource) if resource.offers(Operation.CREATE) else [],
        payload(
            resource, "Update", f"what to change of {a(resource.names.noun)}", resource.changeable
        )
        if resource.offers(Operation.UPDATE)
        else [],
        _read(design, resource) if _is_shown(resource) else [],
        _summary(design, resource),
        *(
            [_page(resource), _sort(resource), _query(resource)]
            if resource.offers(Operation.LIST)
            else []
        ),
    ]
    return "\n\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _is_shown(resource: Resource) -> bool:
    """Whether any route answers with a row."""
    return resource.soft_delete or set(resource.only) != {Operation.DELETE}


def marks(resource: Resource) -> Iterator[str]:
    """What is told of several fields, as a constant."""
    if any(field.deprecated for field in resource.fields):
        yield 'DEPRECATED = Field(json_schema_extra={"deprecated": True})'


def value_types(resource: Resource) -> Iterator[str]:
    """The types of what goes in."""
    written = resource.offers(Operation.CREATE, Operation.UPDATE)
    for field in resource.fields:
        if field.reference is None and written and field in resource.sent:
            yield value_type(resource, field)
        elif field.filter:
            yield from asked_type(resource, field)


def creation(resource: Resource) -> list[str]:
    """The class of what it takes to create a row."""
    return payload(resource, "Create", f"{a(resource.names.noun)} to be", resource.sent)


def ranged(field: Field) -> bool:
    return field.filter and field.type in ORDERED


def filtered(field: Field) -> bool:
    return field.filter or isinstance(field.type, Reference)


def default(field: Field) -> str:
    """What a field is when nobody says, as an expression; nothing where somebody has to."""
    if field.links or field.default is Empty.LIST:
        return "" if field.required else "Field(default_factory=list)"
    if is_now(field):
        told = f"{field.doc} Now, if left out." if field.doc else "Now, if left out."
        factory = f"lambda: {now_in_python(field)}"
        return f"Field(default_factory={factory}, description={quoted(told)})"
    if field.default is not None:
        return literal(field, field.default)
    return "None" if field.optional else ""


def sorts(resource: Resource) -> list[str]:
    """What a list can be sorted by, upwards."""
    return ["created_at", *(field.name for field in resource.fields if field.sort)]


def is_summarised(design: Design, resource: Resource) -> bool:
    """Whether another resource shows rows of this one with its own."""
    return any(
        reference.target == resource.name
        for other in design.resources
        for _, reference in embedded(other)
    )


def _summaries(design: Design, resource: Resource) -> Iterator[str]:
    for _, reference in embedded(resource):
        stem = target_names(design, reference).stem
        yield f"from app.schemas.{stem} import {reference.target}Summary"


def payload(resource: Resource, kind: str, what: str, fields: Sequence[Field]) -> list[str]:
    """The class of what a client sends."""
    tail = "; what is left out stays as it is." if kind == "Update" else "."
    lines = [f"class {resource.name}{kind}(Payload):", docstring(what.capitalize() + tail), ""]
    for field in fields:
        name = type_name(resource, field)
        marks = ["Field(repr=False)"] if field.private else []
        annotation = _marked(field, f"{name} | None" if field.optional else name, *marks)
        value = "UNCHANGED" if kind == "Update" else default(field)
        lines.append(f"    {field.column}: {annotation}{f' = {value}' if value else ''}")
    return lines


def _marked(field: Field, annotation: str, *marks: str) -> str:
    """An annotation with what is to be told of the field, or kept of it."""
    marks = (*marks, *(["DEPRECATED"] if field.deprecated else []))
    return f"Annotated[{', '.join([annotation, *marks])}]" if marks else annotation


def _read(design: Design, resource: Resource) -> list[str]:
    hidden = [field for field, _ in emptied(design, resource)]
    noun = a(resource.names.noun).capitalize()
    return [
        f"class {resource.name}Read(View):",
        docstring(f"{noun}, as people see it."),
        "",
        "    id: UUID",
        *(shown(resource, field, hidden) for field in resource.shown),
        "    created_at: datetime",
        "    updated_at: datetime",
    ]


def shown(
    resource: Resource, field: Field, hidden: Sequence[Field] = (), *, flat: bool = False
) -> str:
    """A field in what a client receives; `flat` inside of another row."""
    if field.links:
        return f"    {field.column}: list[UUID]"
    reference = field.reference
    if reference and field in hidden and (flat or not reference.embed):
        read_as = f'Field(validation_alias="{shown_name(field)}")'
        return f"    {field.column}: {_marked(field, 'UUID | None')} = {read_as}"
    if reference and reference.embed and not flat:
        name, kind = field.name, f"{reference.target}Summary"
    else:
        name, kind = field.column, python_type(field)
        kind = "Base64" if field.type is Scalar.BYTES else kind
    if field.optional:
        kind = f"{kind} | None"
    # Where nobody sends a field, this is the only place that tells of it.
    alone = field.readonly and not field.reference and (field.doc or field.example)
    marks = [f"Field({', '.join(told(resource, field))})"] if alone else []
    return f"    {name}: {_marked(field, kind, *marks)}"


def _summary(design: Design, resource: Resource) -> list[str]:
    if not is_summarised(design, resource):
        return []
    noun = a(resource.names.noun).capitalize()
    hidden = [field for field, _ in emptied(design, resource)]
    return [
        f"class {resource.name}Summary(View):",
        docstring(f"{noun}, as part of what refers to it."),
        "",
        "    id: UUID",
        *(shown(resource, field, hidden, flat=True) for field in resource.shown if not field.links),
    ]


def _page(resource: Resource) -> list[str]:
    return [
        f"class {resource.name}Page(PageView[{resource.name}Read]):",
        docstring(f"One page of {resource.names.nouns}."),
    ]


def _sort(resource: Resource) -> list[str]:
    lines = [
        f"class {resource.name}Sort(StrEnum):",
        docstring(f"What a list of {resource.names.nouns} can be sorted by; `-` is for downwards."),
        "",
    ]
    for name in sorts(resource):
        lines += [f'    {name.upper()} = "{name}"', f'    {name.upper()}_DOWN = "-{name}"']
    return lines


def default_sort(resource: Resource) -> str:
    key = resource.listing.sort
    if key is None:
        return "CREATED_AT_DOWN"
    return f"{key.field.upper()}{'_DOWN' if key.descending else ''}"


def _query(resource: Resource) -> list[str]:
    lines = [
        f"class {resource.name}Query(PageQuery):",
        docstring(f"What a list of {resource.names.nouns} may be asked."),
        "",
        *_limit(resource),
    ]
    if any(field.search for field in resource.fields):
        lines.append("    q: Search | None = None")
    lines.append(f"    sort: {resource.name}Sort = {resource.name}Sort.{default_sort(resource)}")
    for field in resource.fields:
        lines += [f"    {question}" for question in _questions(resource, field)]
    return lines


def _limit(resource: Resource) -> list[str]:
    listing = resource.listing
    if (listing.page, listing.max) == (20, 100):
        return []
    return [f"    limit: Annotated[int, Field(ge=1, le={listing.max})] = {listing.page}"]


def _questions(resource: Resource, field: Field) -> Iterator[str]:
    if not filtered(field):
        return
    name = "Id" if field.links else type_name(resource, field)
    name = item_type(resource, field, field.item) if field.item else name
    asked = {"": f"Several[{name}]"}
    if ranged(field):
        asked |= {"_gte": name, "_lte": name}
    if field.optional:
        asked["_isnull"] = "bool"
    for suffix, kind in asked.items():
        yield f"{field.column}{suffix}: {_marked(field, f'{kind} | None')} = None"
