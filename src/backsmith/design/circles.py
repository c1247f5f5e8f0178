"""References that lead back to where they began, and what such a circle can't be made of."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings
from backsmith.design.link_checks import links_of
from backsmith.design.model import OnDelete, Reference
from backsmith.design.resource import ResourceDraft

Steps = Callable[[ResourceDraft], Iterable[tuple[FieldDraft, str]]]
"""The fields of a resource that lead on, and where each leads to."""

Circle = tuple[list[str], FieldDraft]
"""The resources on the way round, and the field that comes back to the first of them."""


def check_circles(
    by_name: Mapping[str, ResourceDraft], told: Collection[str], findings: Findings
) -> None:
    """A circle is fine wherever a first row can be, one row can go, and an answer ends.

    Cascades of those that are `told` of have their own finding already.
    """
    for names, field in _circles(by_name, _needs):
        many = field.field is not None and field.field.links is not None
        findings.add(
            field.type_place,
            f"these resources need each other in a circle: {_way(names)}.",
            "No first row could ever be written; let "
            + ("it be without any: 0.. or ..20." if many else f"it be optional: {names[0]}?."),
        )
    for names, field in _circles(by_name, _cascades):
        if not any(name in told for name in names):
            findings.add(
                field.type_place,
                f"these resources would go with each other in a circle: {_way(names)}.",
                "Whichever row goes would take the others along, all the way round; write "
                f"{'set_null or ' if field.field and field.field.optional else ''}restrict here.",
            )
    for names, field in _circles(by_name, _shows):
        findings.add(
            field.type_place,
            f"these resources would show each other in a circle: {_way(names)}.",
            "Leave out embed of one of them; its id is shown.",
        )


def references_of(draft: ResourceDraft) -> Iterator[tuple[FieldDraft, Reference]]:
    """The fields that point to one row each."""
    for field in draft.fields:
        reference = field.field.reference if field.field else None
        if reference:
            yield field, reference


def _circles(by_name: Mapping[str, ResourceDraft], steps: Steps) -> Iterator[Circle]:
    """Follow the steps from each resource in turn; its own kind is no circle."""
    done: set[str] = set()

    for start in by_name:
        trail = [(start, iter([*steps(by_name[start])]))] if start not in done else []
        while trail:
            name, rest = trail[-1]
            step = next(rest, None)
            if step is None:
                done.add(name)
                trail.pop()
                continue
            field, target = step
            onward = [each for each, _ in trail]
            if target in onward and target != name:
                yield onward[onward.index(target) :], field
            elif target in by_name and target not in {*done, name}:
                trail.append((target, iter([*steps(by_name[target])])))


def _way(names: list[str]) -> str:
    return " → ".join([*names, names[0]])


def _needs(draft: ResourceDraft) -> Iterator[tuple[FieldDraft, str]]:
    """What has to be there before a row of this resource."""
    for each, reference in references_of(draft):
        if each.field and not each.field.optional:
            yield each, reference.target
    for each, field, links in links_of(draft):
        if field.required:
            yield each, links.target


def _cascades(draft: ResourceDraft) -> Iterator[tuple[FieldDraft, str]]:
    """What a row of this resource goes with."""
    for each, reference in references_of(draft):
        if reference.on_delete is OnDelete.CASCADE:
            yield each, reference.target


def _shows(draft: ResourceDraft) -> Iterator[tuple[FieldDraft, str]]:
    """What is shown inside of a row of this resource."""
    for each, reference in references_of(draft):
        if reference.embed:
            yield each, reference.target
