"""An owner further up, `owner: post.author`: a way along references that are always there."""

from collections.abc import Mapping

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings, did_you_mean, quoted
from backsmith.design.resource import USER, ResourceDraft
from backsmith.design.source import Text

DEEPEST = 5


def check_owner_path(
    draft: ResourceDraft, by_name: Mapping[str, ResourceDraft], findings: Findings
) -> None:
    """Follow each step to a person; every one has to be a reference that is never empty."""
    node = draft.owner_path
    if node is None:
        return
    steps = node.value.split(".")
    if len(steps) > DEEPEST:
        findings.add(
            node.place,
            f"the owner is {len(steps)} steps away; {DEEPEST} are the most.",
            "Give the resource an owner of its own.",
        )
        return
    here, passed = draft, {draft.name.value}
    for number, step in enumerate(steps):
        field = _field(here, step, node, findings)
        if field is None or field.field is None:
            return
        last = number == len(steps) - 1
        target = field.field.reference.target if field.field.reference else ""
        if target and target != USER and target not in by_name:
            # What stands under its name couldn't be read, as a finding says.
            return
        if last != (target == USER) or not (last or target):
            wanted = "User" if last else "a resource that says who owns it"
            findings.add(
                node.place,
                f'"{step}" of {here.name.value} doesn\'t refer to {wanted}.',
                "An owner is a way along references, and its last field refers to User.",
            )
            return
        if field.field.optional:
            findings.add(
                node.place,
                f'"{step}" of {here.name.value} is on the way to the owner, and may be empty.',
                "A row that belongs to nobody could be reached by nobody: leave out the ?.",
            )
            return
        if last:
            return
        if target in passed:
            findings.add(
                node.place,
                f'"{step}" of {here.name.value} leads back to {target}.',
                "Give the resource an owner of its own.",
            )
            return
        passed.add(target)
        here = by_name[target]


def _field(here: ResourceDraft, step: str, node: Text, findings: Findings) -> FieldDraft | None:
    found = next((each for each in here.fields if each.name.value == step), None)
    if found is None and here.fields:
        names = [each.name.value for each in here.fields if each.field and each.field.reference]
        findings.add(
            node.place,
            f"{quoted(step)} is no field of {here.name.value}.{did_you_mean(step, names)}",
            "An owner is a way along references, as in post.author.",
        )
    return found
