"""Enums: those that stand under `enums:` with a name, and those that a field declares itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from backsmith.design.findings import Findings, Place, did_you_mean, quoted
from backsmith.design.model import Enum, member_of
from backsmith.design.naming import camel, check_enum
from backsmith.design.source import Block, Entry, Items, Text
from backsmith.design.tokens import Word

MOST_ENUMS = 100
MOST_VALUES = 300
LONGEST_VALUE = 64

_VALUE = re.compile(r"[A-Za-z][A-Za-z0-9]*([_-][A-Za-z0-9]+)*")
_EXAMPLE = "Status: [draft, review, published]"


@dataclass(frozen=True, slots=True)
class EnumDraft:
    """An enum with a name, as it was read, and where its name stands."""

    name: Text
    enum: Enum


EnumDrafts = Mapping[str, EnumDraft]


def read_enums(entry: Entry | None, findings: Findings) -> EnumDrafts:
    """`enums: {Status: [draft, review]}`; one that can't be read holds no values."""
    if entry is None or entry.value is None:
        return {}
    block = entry.value
    if not isinstance(block, Block):
        findings.add(block.place, "enums are written by name.", f"Write {{{_EXAMPLE}}}.")
        return {}
    if len(block.entries) > MOST_ENUMS:
        findings.add(
            block.entries[MOST_ENUMS].key.place, f"a design has at most {MOST_ENUMS} enums."
        )
    drafts = {}
    for each in block.entries[:MOST_ENUMS]:
        # A name that can't be is told once, and not wherever the right one is used.
        fits = check_enum(each.key, findings)
        name = each.key.value if fits else camel(each.key.value) or each.key.value
        enum = Enum(name, _listed_values(each, findings), shared=True)
        drafts[name] = EnumDraft(replace(each.key, value=name), enum)
    return drafts


def inline_enum(resource: str, field: Text, values: Word | None, findings: Findings) -> Enum:
    """`enum draft,review`: its class is called after its resource and its field."""
    enum = Enum(f"{resource}{camel(field.value) or ''}", (), shared=False)
    if values is None:
        findings.add(
            field.place,
            f'the enum "{field.value}" has no values.',
            "Write them right behind it, with commas: enum draft,review.",
        )
        return enum
    if values.text.endswith(","):
        findings.add(
            values.place,
            f"{quoted(values.text)} ends in a comma.",
            "Write the values without spaces between them: enum draft,review.",
        )
        return enum
    placed, offset = [], values.offset
    for value in values.text.split(","):
        placed.append((value, values.source.at(offset)))
        offset += len(value) + 1
    return replace(enum, values=_checked(placed, findings))


def _listed_values(entry: Entry, findings: Findings) -> tuple[str, ...]:
    node = entry.value
    if not isinstance(node, Items):
        if node is not None:
            place = node.place if not isinstance(node, Text) or node.raw else entry.key.place
            findings.add(place, "an enum is a list of values.", f"Write {_EXAMPLE}.")
        return ()
    if not node.items:
        findings.add(node.place, f'the enum "{entry.key.value}" has no values.', "Name some.")
    placed = []
    for item in node.items:
        if isinstance(item, Text) and not item.empty:
            placed.append((item.value, item.place))
        elif item is not None:
            findings.add(item.place, "a value of an enum is one word.", f"Write {_EXAMPLE}.")
    return _checked(placed, findings)


def _checked(placed: Sequence[tuple[str, Place]], findings: Findings) -> tuple[str, ...]:
    """The values that can be taken, each in a place of its own."""
    if len(placed) > MOST_VALUES:
        findings.add(
            placed[MOST_VALUES][1],
            f"an enum has at most {MOST_VALUES} values.",
            "Make it a resource, whose rows can be many.",
        )
    members: dict[str, str] = {}
    for value, place in placed[:MOST_VALUES]:
        if not _VALUE.fullmatch(value) or len(value) > LONGEST_VALUE:
            right = re.sub(r"[^A-Za-z0-9]+", "_", value).strip("_0123456789")
            near = did_you_mean(value, (), {value.lower(): right}) if right else ""
            findings.add(
                place,
                f"{quoted(value)} can't be a value of an enum.{near}",
                f"Use letters, digits and single _ or -, {LONGEST_VALUE} characters at most, a "
                "letter first.",
            )
            continue
        member = member_of(value)
        if member not in members:
            members[member] = value
        elif members[member] == value:
            findings.add(place, f'"{value}" is named twice.', "Leave one out.")
        else:
            findings.add(
                place,
                f'"{value}" and "{members[member]}" would both be called {member} in code.',
                "Rename one of them.",
            )
    return tuple(members.values())
