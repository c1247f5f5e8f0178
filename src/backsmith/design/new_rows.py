"""What rules ask of a row that is being made: what nobody sends holds its default by then."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings, Place
from backsmith.design.model import Field, Rule, Rules
from backsmith.design.words import Said


def anew(rules: Rules, fields: Sequence[FieldDraft]) -> Rules:
    """The rules as they are for a new row, without conditions on what nobody sends."""
    found = []
    for rule in rules:
        field = _unsent(rule, fields)
        if field is None:
            found.append(rule)
        elif _holds(rule, field):
            found.append(replace(rule, when=None))
    always = [rule.who for rule in found if rule.when is None]
    left = [rule for rule in found if rule.when is None or rule.who not in always]
    return tuple(dict.fromkeys(left))


def check_anew(
    rules: Rules, said: Mapping[str, Place], fields: Sequence[FieldDraft], findings: Findings
) -> None:
    """Refuse what `create` asks in vain, and a `write` that leaves nobody to create a row."""
    if "create" not in said and not anew(rules, fields) and "write" in said:
        findings.add(
            said["write"],
            f"nobody could create a row: {_told(rules[0], fields)}.",
            "Say who creates them, as in create: authenticated; or leave create out, with only.",
        )
    for rule in rules if "create" in said else ():
        if field := _unsent(rule, fields):
            holds = _holds(rule, field)
            findings.add(
                said["create"],
                f"{_told(rule, fields)}, so that this condition "
                f"{'always holds' if holds else 'never holds'} when a row is made.",
                "Leave out if." if holds else f"Leave out {rule.who}, or readonly.",
            )


def _unsent(rule: Rule, fields: Sequence[FieldDraft]) -> Field | None:
    """The field that a rule asks for, where no client sends it."""
    for draft in fields:
        if rule.when and draft.field and draft.field.name == rule.when.field:
            return draft.field if Said.READONLY in draft.said else None
    return None


def _holds(rule: Rule, field: Field) -> bool:
    return rule.when is not None and field.default == rule.when.value


def _told(rule: Rule, fields: Sequence[FieldDraft]) -> str:
    field = _unsent(rule, fields)
    name = field.name if field else ""
    has = "has its default" if field and field.default is not None else "is null"
    return f'"{name}" is readonly, and {has} in a new row'
