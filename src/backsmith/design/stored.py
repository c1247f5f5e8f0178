"""The names that rules have in the database: made of words joined by _, so that two can meet."""

from collections.abc import Iterator, Sequence

from backsmith.design.findings import Findings
from backsmith.design.model import Resource
from backsmith.design.names import cut, link_columns, link_table
from backsmith.design.resource import ResourceDraft

Rule = tuple[str, str, tuple[str, ...]]
"""What kind of rule it is, of which table, about which columns."""


def check_stored_names(drafts: Sequence[ResourceDraft], findings: Findings) -> None:
    """Refuse two rules that PostgreSQL would know by the same name."""
    known: dict[str, Rule] = {}
    for draft in drafts:
        for rule in _rules(draft.resource):
            kind, table, columns = rule
            name = cut(f"{kind}_{table}_{'_'.join(columns)}")
            other = known.setdefault(name, rule)
            if other != rule:
                findings.add(
                    draft.name.place,
                    f'two rules would both be called "{name}" in the database: of {_told(other)}, '
                    f"and of {_told(rule)}.",
                    "Rename a field.",
                )


def _rules(resource: Resource) -> Iterator[Rule]:
    table = resource.names.plural
    column = {field.name: field.column for field in resource.fields}
    together = [("uq", names) for names in resource.unique]
    together += [("ix", tuple(key.field for key in keys)) for keys in resource.index]
    for kind, names in together:
        # A field that couldn't be read is told of already.
        if column.keys() >= set(names):
            yield kind, table, tuple(column[name] for name in names)
    yield "ix", table, ("created_at", "id")
    for field in resource.columns:
        if field.unique:
            yield "uq", table, (field.column,)
        if field.sort:
            yield "ix", table, (field.column, "id")
        if field.index or field.filter or field.reference:
            yield "ix", table, (field.column,)
        if field.reference:
            yield "fk", table, (field.column,)
    for field in resource.links:
        stem = resource.names.stem
        here, there = link_columns(stem, field.column.removesuffix("_ids"))
        joined = link_table(stem, field.name)
        yield from (("fk", joined, (here,)), ("fk", joined, (there,)), ("ix", joined, (there,)))


def _told(rule: Rule) -> str:
    _, table, columns = rule
    return f"{table} ({', '.join(columns)})"
