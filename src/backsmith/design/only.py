"""Which operations a resource offers, and the words that mean nothing without one of them."""

from collections.abc import Iterable, Mapping

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings, Place, did_you_mean, listed, quoted
from backsmith.design.model import Operation
from backsmith.design.source import Entry, Items, Text
from backsmith.design.words import Said

EVERY = tuple(Operation)

_SYNONYMS = {
    "add": "create",
    "change": "update",
    "destroy": "delete",
    "edit": "update",
    "index": "list",
    "patch": "update",
    "post": "create",
    "put": "update",
    "read": "get",
    "remove": "delete",
    "search": "list",
    "show": "get",
    "view": "get",
}
_OF_LISTS = (Said.FILTER, Said.SORT, Said.SEARCH)
_NEEDS = {
    "read": (Operation.LIST, Operation.GET),
    "write": (Operation.CREATE, Operation.UPDATE, Operation.DELETE),
    "create": (Operation.CREATE,),
    "update": (Operation.UPDATE,),
    "delete": (Operation.DELETE,),
}


def read_only(entry: Entry | None, findings: Findings) -> tuple[Operation, ...]:
    """`only: [list, get, create]`: the operations that there are, in the order of the language."""
    if entry is None or entry.value is None:
        return EVERY
    node = entry.value
    if not isinstance(node, Items):
        findings.add(
            node.place, "only names the operations that are left.", "Write only: [list, get]."
        )
        return EVERY
    if not node.items:
        findings.add(node.place, "nothing is left.", f"Name some of {listed(EVERY)}.")
        return EVERY
    found: list[Operation] = []
    for item in node.items:
        operation = _operation(item, findings) if isinstance(item, Text) else None
        if item is not None and not isinstance(item, Text):
            findings.add(item.place, "an operation is one word.", "Write only: [list, get].")
        elif operation in found and isinstance(item, Text):
            findings.add(item.place, f"{quoted(item.value)} is named twice.", "Leave one out.")
        elif operation:
            found.append(operation)
    if set(found) == set(EVERY):
        findings.add(entry.key.place, "only leaves nothing out.", "Leave out only:.")
    return tuple(each for each in EVERY if each in found) or EVERY


def _operation(word: Text, findings: Findings) -> Operation | None:
    if word.value in EVERY:
        return Operation(word.value)
    near = did_you_mean(word.value, EVERY, _SYNONYMS)
    findings.add(
        word.place, f"{quoted(word.value)} is no operation.{near}", f"Allowed: {listed(EVERY)}."
    )
    return None


def check_only(
    only: tuple[Operation, ...],
    fields: Iterable[FieldDraft],
    said: Mapping[str, Place],
    rules: Mapping[str, Place],
    findings: Findings,
) -> None:
    """Find what speaks of an operation that is left out."""
    for key, place in rules.items():
        if not set(_NEEDS[key]) & set(only):
            left_out = f"{listed(_NEEDS[key])} {'are' if len(_NEEDS[key]) > 1 else 'is'} left out"
            findings.add(
                place, f"this is a rule for nothing: {left_out} by only.", f"Leave out {key}."
            )
    if "soft_delete" in said and Operation.DELETE not in only:
        findings.add(
            said["soft_delete"],
            "nothing is deleted here, softly or not: only leaves delete out.",
            "Leave out soft_delete, or add delete to only.",
        )
    _check_writers(only, fields, findings)
    if Operation.LIST in only:
        return
    if "list" in said:
        findings.add(said["list"], "there is no list: only leaves it out.", "Leave out list:.")
    for field in fields:
        for word in _OF_LISTS:
            if word in field.said:
                findings.add(
                    field.said[word],
                    f"{quoted(word)} is for lists, and only leaves the list out.",
                    f"Leave out {word}, or add list to only.",
                )


def _check_writers(
    only: tuple[Operation, ...], fields: Iterable[FieldDraft], findings: Findings
) -> None:
    for field in fields:
        if Said.PRIVATE in field.said and not {Operation.CREATE, Operation.UPDATE} & set(only):
            findings.add(
                field.said[Said.PRIVATE],
                "nobody writes what is private, and nobody sees it: only leaves both out.",
                "Add create or update to only, or leave the field out.",
            )
        if Said.IMMUTABLE in field.said and not {Operation.CREATE, Operation.UPDATE} <= set(only):
            findings.add(
                field.said[Said.IMMUTABLE],
                '"immutable" is for what is sent when a row is made and not when it is changed; '
                "only leaves out one of them.",
                "Leave out immutable.",
            )
