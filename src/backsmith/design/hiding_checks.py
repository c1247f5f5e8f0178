"""Which cascades a soft deletion can't follow yet: those that come back to where they began."""

from collections.abc import Iterator, Mapping, Sequence

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings
from backsmith.design.model import OnDelete
from backsmith.design.resource import ResourceDraft


def check_hiding(drafts: Sequence[ResourceDraft], findings: Findings) -> set[str]:
    """Refuse rows that would hide with rows of their own kind, at any depth; say of which."""
    by_name = {draft.name.value: draft for draft in drafts}
    told: set[str] = set()
    for draft in drafts:
        above = _above(draft, by_name)
        hides = any(by_name[name].resource.soft_delete for name in above)
        if draft.name.value in told or not hides:
            continue
        for field, target in _cascades(draft, by_name):
            if draft.name.value in _above(by_name[target], by_name):
                told |= above
                findings.add(
                    field.type_place,
                    f"a {draft.resource.names.noun} would hide with another one, and that with the "
                    "next; this comes with a later version of Backsmith.",
                    "Write restrict or set_null instead of cascade, or leave out soft_delete.",
                )
                break
    return told


def _above(draft: ResourceDraft, by_name: Mapping[str, ResourceDraft]) -> set[str]:
    """This resource, and those that it cascades from, at any depth."""
    reached = [draft.name.value]
    for name in reached:
        targets = (target for _, target in _cascades(by_name[name], by_name))
        reached += [target for target in targets if target not in reached]
    return {*reached}


def _cascades(
    draft: ResourceDraft, by_name: Mapping[str, ResourceDraft]
) -> Iterator[tuple[FieldDraft, str]]:
    for field in draft.fields:
        reference = field.field.reference if field.field else None
        if reference and reference.on_delete is OnDelete.CASCADE and reference.target in by_name:
            yield field, reference.target
