"""`as=posts`: what the rows that refer to one are called on it; a name that nothing else has."""

from collections.abc import Iterator, Sequence

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings, did_you_mean, quoted
from backsmith.design.model import Reference
from backsmith.design.naming import LONGEST_NAME, snake
from backsmith.design.reserved import FIELD_NAME, FIELD_NAMES, FIELD_PREFIXES, SQL_WORDS
from backsmith.design.resource import USER, ResourceDraft
from backsmith.design.words import Said

_OF_PEOPLE = ("email", "password_hash", "role_names", "active", "roles")


def check_reverses(drafts: Sequence[ResourceDraft], findings: Findings) -> None:
    """Check each name by itself, and beside all that its target has already."""
    taken = {draft.name.value: dict(_attributes(draft)) for draft in drafts}
    people = taken.setdefault(USER, {})
    people |= dict.fromkeys(_OF_PEOPLE, "every person has it already")
    for draft in drafts:
        for each in draft.fields:
            kind = each.field.type if each.field else None
            if isinstance(kind, Reference) and kind.reverse is not None:
                _check(draft, each, kind, taken.get(kind.target, {}), findings)


def _check(
    draft: ResourceDraft,
    each: FieldDraft,
    kind: Reference,
    taken: dict[str, str],
    findings: Findings,
) -> None:
    name, place = kind.reverse or "", each.said[Said.AS]
    if not FIELD_NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        right = snake(name)
        near = did_you_mean(name, (), {name.lower(): right}) if right else ""
        findings.add(
            place,
            f"{quoted(name)} can't be what rows are called.{near}",
            f"Use a-z, 0-9 and single underscores, as in as={draft.resource.names.plural}.",
        )
        return
    reason = taken.get(name) or _reserved(name)
    if reason:
        findings.add(
            place,
            f'{kind.target} can\'t call rows "{name}": {reason}.',
            f"Choose another name, as in as={draft.resource.names.plural}.",
        )
    taken.setdefault(name, f"{draft.name.value}.{each.name.value} does so already")


def _reserved(name: str) -> str | None:
    # A relation is no column: SQL never sees its name.
    reason = FIELD_NAMES.get(name)
    if name in SQL_WORDS and reason == "is a word of SQL":
        reason = None
    for prefix, why in FIELD_PREFIXES.items():
        reason = why if name.startswith(prefix) else reason
    return f"that {reason}" if reason else None


def _attributes(draft: ResourceDraft) -> Iterator[tuple[str, str]]:
    """What its model has already, and why."""
    for each in draft.fields:
        name = each.name.value
        column = each.field.column if each.field else name
        for attribute in (name, column, f"shown_{column}"):
            yield attribute, f"its field {name} is in the way"
