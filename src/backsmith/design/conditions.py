"""The tail of a rule, `if status=draft`: a field, and what it has to be."""

import re

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings, Place, did_you_mean, listed, quoted
from backsmith.design.model import Condition, Enum, Scalar
from backsmith.design.source import Text
from backsmith.design.values import UnfitError, value_of
from backsmith.design.words import Said

_TAIL = re.compile(r"if\s+([^\s=]+)=(?:\"((?:\\[\"\\]|[^\"\\])*)\"|'([^']*)'|([^\s\"'=]+))")
_COMPARED = frozenset({Scalar.BOOL, Scalar.STRING, Scalar.SLUG, Scalar.INT, Scalar.BIGINT})


def read_condition(
    node: Text, tail: str, fields: tuple[FieldDraft, ...], findings: Findings
) -> Condition | None:
    """What stands behind a caller; None, and a finding, where it isn't one field and one value."""
    place = node.at(node.value.index(tail))
    found = _TAIL.fullmatch(tail)
    if not found:
        findings.add(
            place,
            f"{quoted(tail)} is no condition.",
            "Write if field=value, with one field and one value; quote a value with spaces.",
        )
        return None
    name = found[1]
    at = node.at(node.value.index(tail) + found.start(1))
    draft = next((draft for draft in fields if draft.name.value == name), None)
    if draft is None:
        names = [each.name.value for each in fields if _is_compared(each)]
        near = did_you_mean(name, names)
        hint = f"Fields to compare: {listed(names)}." if names else None
        findings.add(at, f"{quoted(name)} is no field.{near}", hint)
        return None
    if draft.field is None:
        return None
    if not _is_compared(draft):
        findings.add(
            at,
            f'"{name}" can\'t be compared: a condition is on an enum, a bool, a whole number, a '
            "string or a slug that isn't unique.",
            "Add a field that says it, as in published: bool =false.",
        )
        return None
    if Said.PRIVATE in draft.said:
        findings.add(
            at,
            f'who sees a row would tell what "{name}" holds, and it is private.',
            "Leave out if.",
        )
        return None
    return _value(draft, found, node.at(node.value.index(tail) + found.end(1) + 1), findings)


def _value(
    draft: FieldDraft, found: re.Match[str], place: Place, findings: Findings
) -> Condition | None:
    _, double, single, bare = found.groups()
    text = re.sub(r"\\(.)", r"\1", double) if double is not None else (single or bare or "")
    if draft.field is None:
        return None
    try:
        return Condition(draft.field.name, value_of(draft.field, text))
    except UnfitError as error:
        findings.add(place, f"the value {quoted(text)} {error.message}.", error.hint)
        return None


def _is_compared(draft: FieldDraft) -> bool:
    if draft.field is None or Said.UNIQUE in draft.said:
        return False
    return isinstance(draft.field.type, Enum) or draft.field.type in _COMPARED
