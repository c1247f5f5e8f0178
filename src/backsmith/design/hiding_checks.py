"""Which cascades a soft deletion can't follow: those that go through others round a circle."""

from collections.abc import Iterator, Mapping, Sequence

from backsmith.design.article import a
from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings
from backsmith.design.model import OnDelete
from backsmith.design.resource import ResourceDraft


def check_hiding(drafts: Sequence[ResourceDraft], findings: Findings) -> set[str]:
    """Refuse rows that would hide with others round a circle, trees apart; say of which."""
    by_name = {draft.name.value: draft for draft in drafts}
    told: set[str] = set()
    for draft in drafts:
        above = _above(draft, by_name)
        hides = any(by_name[name].resource.soft_delete for name in above)
        if draft.name.value in told or not hides:
            continue
        for field, target in _cascades(draft, by_name):
            round_it = draft.name.value in _above(by_name[target], by_name)
            if target == draft.name.value or not round_it:
                continue  # In a tree of one kind rows do hide, at any depth.
            told |= above
            noun, other = draft.resource.names.noun, by_name[target].resource.names.noun
            findings.add(
                field.type_place,
                f"{a(noun)} would hide with {a(other)}, and that with others, round a circle.",
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
