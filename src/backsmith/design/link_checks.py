"""Fields that point to many rows, seen beside everything else: names that would meet."""

from collections.abc import Iterator, Mapping, Sequence

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings
from backsmith.design.model import Field, Reference
from backsmith.design.names import link_table
from backsmith.design.plurals import one_of
from backsmith.design.reserved import FUNCTIONS
from backsmith.design.resource import ResourceDraft


def links_of(draft: ResourceDraft) -> Iterator[tuple[FieldDraft, Field, Reference]]:
    for each in draft.fields:
        if each.field and each.field.links:
            yield each, each.field, each.field.links


def check_links(drafts: Sequence[ResourceDraft], findings: Findings) -> None:
    """Check that each link has a table and words of its own, and that a first row can be."""
    tables = {draft.resource.names.plural: draft.name.value for draft in drafts}
    for draft in drafts:
        _check_words(draft, findings)
        for each, field, links in links_of(draft):
            _check_table(draft, each, tables, findings)
            if field.required and links.target == draft.name.value:
                findings.add(
                    each.type_place,
                    f"every {draft.resource.names.noun} would need another one first.",
                    "No first row could ever be written; let it be without any: 0.. or ..20.",
                )


def _check_table(
    draft: ResourceDraft, each: FieldDraft, tables: dict[str, str], findings: Findings
) -> None:
    name, owner = each.name.value, draft.name.value
    table = link_table(draft.resource.names.stem, name)
    if table in FUNCTIONS:
        findings.add(
            each.name.place,
            f'the links of "{name}" would be called "{table}", as a function of the backend is.',
            "Rename it.",
        )
    elif table in tables:
        findings.add(
            each.name.place,
            f'the links of "{name}" would be in the table "{table}", which {tables[table]} has.',
            f"Rename it, or give {tables[table]} a path: of its own.",
        )
    tables.setdefault(table, f"{owner}.{name}")


def _check_words(draft: ResourceDraft, findings: Findings) -> None:
    known = _single(draft)
    for each, field, links in links_of(draft):
        one = one_of(field.name, links.target)
        same = known.setdefault(one, field.name)
        if same != field.name:
            findings.add(
                each.name.place,
                f'one of "{field.name}" and "{same}" would both be called "{one}".',
                "Rename one of them, as in main_tag and tags.",
            )


def _single(draft: ResourceDraft) -> dict[str, str]:
    names: Mapping[str, str] = {
        each.field.name: each.field.name
        for each in draft.fields
        if each.field and each.field.reference
    }
    return dict(names)
