"""Writes the table of a resource."""

from collections.abc import Iterator

from backsmith.design.model import Design, Field, Reference, Resource, Scalar
from backsmith.render.circles import is_late
from backsmith.render.code import docstring, quoted
from backsmith.render.enums import enum_imports, own_enums
from backsmith.render.hiding import emptied_in_answers, shown_name
from backsmith.render.links import Links, links_of
from backsmith.render.reverses import declared_reverses, forward, reverse_imports, two_way, ways
from backsmith.render.sql import all_of, joined
from backsmith.render.tables import (
    TEXTS,
    Constraint,
    Index,
    checks,
    column_type,
    foreign_key,
    indexes,
    searched,
    server_default,
    target_names,
    uniques,
)

IMPORTS = """\
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Computed, Date, DateTime
from sqlalchemy import Float, ForeignKey, Index, Integer, Numeric, String, Text, Time
from sqlalchemy import Table, UniqueConstraint, Uuid, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship
from sqlalchemy.sql.naming import conv

from app.db.base import Entity, one_of
"""
PYTHON_TYPES = {
    Scalar.INT: "int",
    Scalar.BIGINT: "int",
    Scalar.FLOAT: "float",
    Scalar.DECIMAL: "Decimal",
    Scalar.BOOL: "bool",
    Scalar.DATE: "date",
    Scalar.TIME: "time",
    Scalar.DATETIME: "datetime",
    Scalar.UUID: "UUID",
    Scalar.BYTES: "bytes",
    Scalar.JSON: "Any",
}
NOT_TOLD_BY_PYTHON = TEXTS | {Scalar.BIGINT, Scalar.DECIMAL, Scalar.JSON}
"""Types of columns that the annotation alone does not say."""


def model(design: Design, resource: Resource) -> str:
    """The module that holds a resource's table."""
    lines = [
        IMPORTS,
        *_embedded_models(design, resource),
        *reverse_imports(design, resource),
        *enum_imports([resource], beside=True),
        *(f"\n\n{source}\n" for source in own_enums(resource)),
        "",
        *(_pairs(links) for links in links_of(design, resource)),
        f"class {resource.name}(Entity):",
        docstring(resource.doc),
        "",
        f'    __tablename__ = "{resource.names.plural}"',
        "    __table_args__ = (",
        *table_args(resource),
        "    )",
        "",
        *(column(design, resource, field) for field in resource.columns),
        *_deleted_at(resource),
        *_search(resource),
        *_shown_references(design, resource),
        "",
        *_relations(design, resource),
        *(forward(design, resource, *pair) for pair in two_way(resource)),
        *declared_reverses(design, resource.name),
        *(
            f"    {field.column}: Mapped[list[UUID]] = query_expression()"
            for field in resource.links
        ),
    ]
    return "\n".join(lines) + "\n"


def python_type(field: Field) -> str:
    """The type of a column's values, `None` left out."""
    if field.item:
        return f"list[{python_type(field.item)}]"
    if field.enum:
        return field.enum.name
    return PYTHON_TYPES.get(field.type, "str") if isinstance(field.type, Scalar) else "UUID"


def embedded(resource: Resource) -> list[tuple[Field, Reference]]:
    """The references whose rows are shown with the resource's own."""
    pairs = [(field, field.reference) for field in resource.fields]
    return [(field, reference) for field, reference in pairs if reference and reference.embed]


def _embedded_models(design: Design, resource: Resource) -> list[str]:
    return [
        f"from app.models.{target_names(design, reference).stem} import {reference.target}"
        for _, reference in embedded(resource)
    ]


def table_args(resource: Resource) -> Iterator[str]:
    """The rules and indexes of a table that no column can say by itself."""
    for unique in [] if resource.soft_delete else uniques(resource):
        if len(unique.columns) > 1 or unique.long:
            yield _unique(unique)
    for index in indexes(resource):
        if not index.single or index.long:
            yield _index(index)
    for check in checks(resource):
        yield _check(resource, check)


def _pairs(links: Links) -> str:
    """The table that says which rows are linked, each pair once."""
    lines = [f"{links.table} = Table(", f"    {quoted(links.table)},", "    Entity.metadata,"]
    for column, table in links.targets.items():
        own = f"fk_{links.table}_{column}"
        name = f", name={quoted(links.key(column))}" if links.key(column) != own else ""
        key = f'ForeignKey("{table}.id"{name}, ondelete="CASCADE")'
        index = ", index=True" if column == links.there and not links.long else ""
        lines.append(f'    Column("{column}", {key}, primary_key=True{index}),')
    if links.long:
        lines.append(f'    Index("{links.index}", "{links.there}"),')
    if links.within:
        own = links.not_itself.removeprefix(f"ck_{links.table}_")
        name = quoted(own) if own == links.there else f"conv({quoted(links.not_itself)})"
        lines.append(f'    CheckConstraint("{links.there} <> {links.here}", name={name}),')
    return "\n".join([*lines, ")", ""])


def _ids(field: Field) -> str:
    return f"    {field.column}: Mapped[list[UUID]] = query_expression()"


def _unique(unique: Constraint) -> str:
    columns = ", ".join(quoted(column) for column in unique.columns)
    name = f", name={quoted(unique.name)}" if unique.long else ""
    return f"        UniqueConstraint({columns}{name}),"


def _index(index: Index) -> str:
    parts = [
        quoted(part) if part.isidentifier() else f"text({quoted(part)})" for part in index.parts
    ]
    options = [
        *(["unique=True"] if index.unique else []),
        *(['postgresql_using="gin"'] if index.gin else []),
        *([f"postgresql_where=text({quoted(index.where)})"] if index.where else []),
    ]
    return f"        Index({', '.join([quoted(index.name), *parts, *options])}),"


def _check(resource: Resource, check: Constraint) -> str:
    own = check.name.removeprefix(f"ck_{resource.names.plural}_")
    name = f"conv({quoted(check.name)})" if check.long else quoted(own)
    return f"        CheckConstraint({all_of(check.conditions)}, name={name}),"


def column(design: Design, resource: Resource, field: Field) -> str:
    """A column, as the class of its table declares it."""
    arguments = list(_arguments(design, resource, field))
    annotation = f"{python_type(field)} | None" if field.optional else python_type(field)
    value = f" = mapped_column({', '.join(arguments)})" if arguments else ""
    return f"    {field.column}: Mapped[{annotation}]{value}"


def _arguments(design: Design, resource: Resource, field: Field) -> Iterator[str]:
    if field.reference:
        yield _foreign_key(design, resource, field, field.reference)
    elif field.optional and field.default is not None:
        # SQLAlchemy would leave null out of an INSERT, and so let the default take its place.
        yield f"{_column_kind(field)}.evaluates_none()"
    elif field.type in NOT_TOLD_BY_PYTHON or field.item:
        yield _column_kind(field).removesuffix("()")
    if not resource.soft_delete and any(
        unique.columns == (field.column,) and not unique.long for unique in uniques(resource)
    ):
        yield "unique=True"
    if any(
        index.single and index.columns == (field.column,) and not index.long
        for index in indexes(resource)
    ):
        yield "index=True"
    if field.enum and isinstance(field.default, str):
        yield f"server_default={field.enum.member(field.default)}"
    elif (default := server_default(field)) is not None:
        yield f"server_default={default}"
    if field.private:
        yield "deferred=True, deferred_raiseload=True"


def _column_kind(field: Field) -> str:
    """The type of a column; an enum is known by its class."""
    if field.item:
        return f"ARRAY({_column_kind(field.item).removesuffix('()')})"
    return f"one_of({field.enum.name})" if field.enum else column_type(field)


def _foreign_key(design: Design, resource: Resource, field: Field, reference: Reference) -> str:
    key = foreign_key(resource, field)
    name = f", name={quoted(key.name)}" if key.long else ""
    table = target_names(design, reference).plural
    alter = ", use_alter=True" if is_late(design, resource, field) else ""
    return f'ForeignKey("{table}.id"{name}, ondelete="{on_delete(reference)}"{alter})'


def on_delete(reference: Reference) -> str:
    return reference.on_delete.replace("_", " ").upper()


def _deleted_at(resource: Resource) -> list[str]:
    return ["    deleted_at: Mapped[datetime | None]"] if resource.soft_delete else []


def _shown_references(design: Design, resource: Resource) -> Iterator[str]:
    for field, _ in emptied_in_answers(design, resource):
        yield f"    {shown_name(field)}: Mapped[UUID | None] = query_expression()"


def _search(resource: Resource) -> list[str]:
    if not any(field.search for field in resource.fields):
        return []
    document = joined(searched(resource), " || ")
    return [
        "    search: Mapped[str] = mapped_column(",
        f"        TSVECTOR, Computed({document}, persisted=True), deferred=True",
        "    )",
    ]


def _relations(design: Design, resource: Resource) -> Iterator[str]:
    for field, reference in embedded(resource):
        if reference.reverse:
            continue
        several = ways(design, resource.name, reference.target) > 1
        by = f", foreign_keys={field.column}" if several else ""
        annotation = f"{reference.target} | None" if field.optional else reference.target
        yield f'    {field.name}: Mapped[{annotation}] = relationship(lazy="raise"{by})'
