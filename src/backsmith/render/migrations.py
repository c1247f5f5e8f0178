"""Writes the revision that makes the first tables."""

import hashlib
from collections.abc import Iterator

from backsmith.design.canonical import canonical
from backsmith.design.model import Design, Field, Reference, Resource, Scalar
from backsmith.render.circles import is_late, late, ordered
from backsmith.render.code import docstring, quoted
from backsmith.render.english import listed
from backsmith.render.links import Links, links_of
from backsmith.render.models import on_delete
from backsmith.render.sql import all_of, joined
from backsmith.render.tables import (
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
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
"""
MOMENT = "sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False"
LONGEST_LINE = 94
PEOPLE = "0001"
"""The revision before it, which is the same in every project."""


def first_revision(design: Design) -> tuple[str, str]:
    """The file of the first revision, and what is in it."""
    resources = ordered(design)
    pairs = [links for resource in resources for links in links_of(design, resource)]
    revision = revision_of(design)
    tables = [resource.names.plural for resource in resources] or ["people"]
    slug = "_".join(tables)[:40].strip("_")
    parts = [
        docstring(_made(design, resources), indent=""),
        IMPORTS,
        f"revision = {quoted(revision)}",
        f"down_revision = {quoted(PEOPLE)}",
        "branch_labels = None",
        "depends_on = None",
        "\n\ndef upgrade() -> None:",
        *(_added(design.user) if design.user else []),
        *(line for resource in resources for line in _table(design, resource)),
        *(line for each in pairs for line in _pairs(each)),
        *(_late_key(design, *each) for each in late(design)),
        "\n\ndef downgrade() -> None:",
        *(_drop_key(*each) for each in reversed(late(design))),
        *(f"    op.drop_table({quoted(each.table)})" for each in reversed(pairs)),
        *(f"    op.drop_table({quoted(each.names.plural)})" for each in reversed(resources)),
        *(_taken_away(design.user) if design.user else []),
    ]
    return f"{revision}_{slug}.py", "\n".join(parts) + "\n"


def _made(design: Design, resources: list[Resource]) -> str:
    more = "Say more of people" if design.user else ""
    if not resources:
        return f"{more}."
    tail = f"; {more.lower()}" if more else ""
    made = f"Create {listed(resource.names.nouns for resource in resources)}{tail}."
    if len(made) > LONGEST_LINE:
        made = f"Create the tables of {len(resources)} resources{tail}."
    return made


def revision_of(design: Design) -> str:
    """Name a revision after the design that it leads to, so that the same change has one name."""
    return hashlib.sha256(canonical(design).encode()).hexdigest()[:12]


def _table(design: Design, resource: Resource) -> Iterator[str]:
    table = resource.names.plural
    yield f'    op.create_table("{table}",'
    yield from (_column(field) for field in resource.columns)
    yield from _search(resource)
    if resource.soft_delete:
        yield '    sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),'
    yield '    sa.Column("id", sa.Uuid(), nullable=False),'
    yield f'    sa.Column("created_at", {MOMENT}),'
    yield f'    sa.Column("updated_at", {MOMENT}),'
    for check in checks(resource):
        name = quoted(check.name)
        yield f"    sa.CheckConstraint({all_of(check.conditions)}, name=op.f({name})),"
    for field in resource.fields:
        if field.reference and not is_late(design, resource, field):
            yield f"    {_inline_key(design, resource, field, field.reference)},"
    yield f'    sa.PrimaryKeyConstraint("id", name=op.f("pk_{table}")),'
    for unique in [] if resource.soft_delete else uniques(resource):
        columns = ", ".join(quoted(column) for column in unique.columns)
        yield f"    sa.UniqueConstraint({columns}, name=op.f({quoted(unique.name)})),"
    yield "    )"
    yield from (_index(resource, index) for index in indexes(resource))


def _added(user: Resource) -> Iterator[str]:
    """What people have besides the columns that they have in every project."""
    table = quoted(user.names.plural)
    yield from (f"    op.add_column({table}, {_sa_column(field)})" for field in user.fields)
    for check in checks(user):
        condition = all_of(check.conditions)
        yield f"    op.create_check_constraint(op.f({quoted(check.name)}), {table}, {condition})"
    for unique in uniques(user):
        columns = ", ".join(quoted(column) for column in unique.columns)
        yield f"    op.create_unique_constraint(op.f({quoted(unique.name)}), {table}, [{columns}])"
    yield from (_index(user, index) for index in indexes(user))


def _taken_away(user: Resource) -> Iterator[str]:
    for field in reversed(user.fields):
        yield f"    op.drop_column({quoted(user.names.plural)}, {quoted(field.column)})"


def _pairs(links: Links) -> Iterator[str]:
    yield f'    op.create_table("{links.table}",'
    for column in links.targets:
        yield f'    sa.Column("{column}", sa.Uuid(), nullable=False),'
    if links.within:
        name = quoted(links.not_itself)
        yield f'    sa.CheckConstraint("{links.there} <> {links.here}", name=op.f({name})),'
    for column, table in links.targets.items():
        columns, name = f'["{column}"], ["{table}.id"]', quoted(links.key(column))
        yield f'    sa.ForeignKeyConstraint({columns}, name=op.f({name}), ondelete="CASCADE"),'
    columns = ", ".join(quoted(column) for column in links.targets)
    yield f'    sa.PrimaryKeyConstraint({columns}, name=op.f("pk_{links.table}")),'
    yield "    )"
    yield f'    op.create_index(op.f("{links.index}"), "{links.table}", ["{links.there}"])'


def _column(field: Field) -> str:
    return f"    {_sa_column(field)},"


def _sa_column(field: Field) -> str:
    default = server_default(field, "sa.")
    tail = f", server_default={default}" if default is not None else ""
    return f'sa.Column("{field.column}", {_kind(field)}{tail}, nullable={field.optional})'


def _kind(field: Field) -> str:
    if field.item:
        return f"postgresql.ARRAY({_kind(field.item)})"
    library = "postgresql" if field.type is Scalar.JSON else "sa"
    return f"{library}.{column_type(field)}"


def _search(resource: Resource) -> Iterator[str]:
    if any(field.search for field in resource.fields):
        computed = f"sa.Computed({joined(searched(resource), ' || ')}, persisted=True)"
        yield f'    sa.Column("search", postgresql.TSVECTOR(), {computed}, nullable=False),'


def _inline_key(design: Design, resource: Resource, field: Field, reference: Reference) -> str:
    name = quoted(foreign_key(resource, field).name)
    target = target_names(design, reference).plural
    rule = on_delete(reference)
    columns = f'["{field.column}"], ["{target}.id"]'
    return f'sa.ForeignKeyConstraint({columns}, name=op.f({name}), ondelete="{rule}")'


def _late_key(design: Design, resource: Resource, field: Field) -> str:
    """A key that closes a circle: there when both of its tables are."""
    if field.reference is None:
        return ""
    key, target = foreign_key(resource, field), target_names(design, field.reference)
    tables = f'"{resource.names.plural}", "{target.plural}"'
    columns = f'["{field.column}"], ["id"], ondelete="{on_delete(field.reference)}"'
    return f'    op.create_foreign_key(op.f("{key.name}"), {tables}, {columns})'


def _drop_key(resource: Resource, field: Field) -> str:
    name = f'op.f("{foreign_key(resource, field).name}")'
    return f'    op.drop_constraint({name}, "{resource.names.plural}", type_="foreignkey")'


def _index(resource: Resource, index: Index) -> str:
    parts = [
        quoted(part) if part.isidentifier() else f"sa.text({quoted(part)})" for part in index.parts
    ]
    options = [
        f"[{', '.join(parts)}]",
        *(["unique=True"] if index.unique else []),
        *(['postgresql_using="gin"'] if index.gin else []),
        *([f"postgresql_where=sa.text({quoted(index.where)})"] if index.where else []),
    ]
    head = f'    op.create_index(op.f("{index.name}"), "{resource.names.plural}"'
    return f"{head}, {', '.join(options)})"
