"""References that lead back to where they began: resources have to be in some order."""

from collections.abc import Iterator, Mapping

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings
from backsmith.design.link_checks import links_of
from backsmith.design.model import Reference
from backsmith.design.resource import ResourceDraft


def check_circles(by_name: Mapping[str, ResourceDraft], findings: Findings) -> None:
    """A row needs the rows that it refers to: resources have to be in some order."""
    done: set[str] = set()

    for start in by_name:
        trail: list[tuple[str, Iterator[tuple[FieldDraft, Reference]]]] = []
        if start not in done:
            trail.append((start, _needs(by_name[start])))
        while trail:
            name, rest = trail[-1]
            step = next(rest, None)
            if step is None:
                done.add(name)
                trail.pop()
                continue
            field, reference = step
            onward = [each for each, _ in trail]
            if reference.target in onward and reference.target != name:
                _tell_cycle(onward[onward.index(reference.target) :], field, findings, by_name)
            elif reference.target in by_name and reference.target not in {*done, name}:
                trail.append((reference.target, _needs(by_name[reference.target])))


def _tell_cycle(
    names: list[str], field: FieldDraft, findings: Findings, by_name: Mapping[str, ResourceDraft]
) -> None:
    way = " → ".join([*names, names[0]])
    optional = any(
        each.field and each.field.optional
        for name, onward in zip(names, [*names[1:], names[0]], strict=True)
        for each, reference in _needs(by_name[name])
        if reference.target == onward
    )
    if optional:
        findings.add(
            field.type_place,
            f"these resources refer to each other in a circle, {way}, which comes with a later "
            "version of Backsmith.",
            "Leave one of the references out for now.",
        )
    else:
        findings.add(
            field.type_place,
            f"these resources need each other in a circle: {way}.",
            "No first row could ever be written; leave one of the references out.",
        )


def _needs(draft: ResourceDraft) -> Iterator[tuple[FieldDraft, Reference]]:
    """What has to be there before a row of this resource."""
    yield from references_of(draft)
    for each, field, links in links_of(draft):
        if field.required and links.target != draft.name.value:
            yield each, links


def references_of(draft: ResourceDraft) -> Iterator[tuple[FieldDraft, Reference]]:
    """The fields that point to one row each."""
    for field in draft.fields:
        reference = field.field.reference if field.field else None
        if reference:
            yield field, reference
