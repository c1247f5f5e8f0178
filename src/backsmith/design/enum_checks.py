"""What can only be seen of enums with all resources at hand: who uses them, names that meet."""

from collections.abc import Iterator, Sequence

from backsmith.design.enums import EnumDrafts
from backsmith.design.findings import Findings, Place
from backsmith.design.model import Enum
from backsmith.design.names import Names
from backsmith.design.reserved import CLASS_SUFFIXES
from backsmith.design.resource import ResourceDraft


def check_enums(enums: EnumDrafts, drafts: Sequence[ResourceDraft], findings: Findings) -> None:
    """Refuse enums that no field uses, and those that share a name with something else."""
    classes = {draft.name.value: f'the resource "{draft.name.value}"' for draft in drafts}
    for draft in drafts:
        for suffix in CLASS_SUFFIXES:
            classes.setdefault(f"{draft.name.value}{suffix}", f'a class of "{draft.name.value}"')
    modules = {draft.resource.names.stem: draft.name.value for draft in drafts}
    for name, named in enums.items():
        stem = Names(name, "").stem
        if name in classes:
            _tell(named.name.place, name, classes[name], findings)
        elif stem in modules:
            _tell(named.name.place, name, f'the module "{stem}" of "{modules[stem]}"', findings)
        classes[name] = f'the enum "{name}"'
        modules.setdefault(stem, name)
    for place, enum, field in _inline(drafts):
        if enum.name in classes:
            _tell(place, enum.name, classes[enum.name], findings, field)
        classes.setdefault(enum.name, f'the enum of "{field}"')
    _check_used(enums, drafts, findings)


def _tell(
    place: Place, name: str, other: str, findings: Findings, field: str | None = None
) -> None:
    if field:
        message = f'the enum of "{field}" would be called "{name}", which is {other}.'
        hint = "Give it a name of its own: write it under enums:, as in Status: [draft, review]."
    else:
        message, hint = f'the enum "{name}" has the name of {other}.', "Rename one of them."
    findings.add(place, message, hint)


def _inline(drafts: Sequence[ResourceDraft]) -> Iterator[tuple[Place, Enum, str]]:
    for draft in drafts:
        for field in draft.fields:
            enum = field.field.choices if field.field else None
            if enum and not enum.shared:
                yield field.name.place, enum, field.name.value


def _check_used(enums: EnumDrafts, drafts: Sequence[ResourceDraft], findings: Findings) -> None:
    fields = [field for draft in drafts for field in draft.fields]
    if not all(field.field for field in fields):
        # The type that can't be read may be this one.
        return
    used = {field.field.choices for field in fields if field.field}
    for name, named in enums.items():
        if named.enum not in used:
            stem = Names(name, "").stem
            findings.add(
                named.name.place,
                f'no field uses the enum "{name}".',
                f"Write it as a type, as in {stem}: {name}, or leave it out.",
            )
