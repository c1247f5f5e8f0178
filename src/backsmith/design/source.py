"""YAML as a tree of texts that know their places.

The events of ruamel.yaml are read without its resolvers, so every scalar stays the text that
was written: `no` is a word and not a boolean, `1_000` and `0o17` are no numbers yet. Of YAML
only what a design needs is taken; anchors, aliases, tags and further documents are findings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from backsmith.design.characters import decode, first_forbidden, place_of
from backsmith.design.complaints import TRAP, marked, unreadable
from backsmith.design.findings import START, Findings, Place, UnreadableError, quoted

DEEPEST = 8

_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_GAP = re.compile(r"(?:\s|\\\n)*")
_ESCAPE = re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.)")
_NOTHING = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, as text whatever it looks like."""

    value: str
    place: Place
    raw: str = ""
    """How it stands in the file, with its quotes, escapes and line breaks."""
    plain: bool = True
    comment_follows: bool = False
    """Whether ` #` ended it, which may have been meant as part of it."""

    @property
    def empty(self) -> bool:
        return self.plain and self.value in _NOTHING

    def at(self, offset: int) -> Place:
        """Where the character at this offset of the value stands in the file."""
        index = self._raw_index(offset)
        before = self.raw[:index]
        lines = before.count("\n")
        if not lines:
            return Place(self.place.line, self.place.column + index)
        return Place(self.place.line + lines, index - before.rfind("\n"))

    def _raw_index(self, offset: int) -> int:
        """Follows the value through quotes, escapes and folded lines, one character at a time."""
        if self.raw == self.value:
            return offset
        quote = "" if self.plain else self.raw[:1]
        found = here = self.raw.find("\n") if quote in ("|", ">") else len(quote)
        for character in self.value[: offset + 1]:
            escape = _ESCAPE.match(self.raw, here) if quote == '"' else None
            if character.isspace():
                found, here = here, escape.end() if escape else here
                continue
            found = _end(_GAP, self.raw, here)
            escape = _ESCAPE.match(self.raw, found) if quote == '"' else None
            doubled = quote == character == "'"
            here = escape.end() if escape else found + 1 + doubled
        return min(found, len(self.raw))


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: "tuple[Node, ...]"
    place: Place
    closed: Place | None = None
    """Where the bracket that closes it ends, if it stands in brackets."""


@dataclass(frozen=True, slots=True)
class Entry:
    key: Text
    value: "Node"


@dataclass(frozen=True, slots=True)
class Block:
    """Keys and their values, each key once, in the order of the file."""

    entries: tuple[Entry, ...]
    place: Place
    closed: Place | None = None
    """Where the brace that closes it ends, if it stands in braces."""
    _by_key: dict[str, Entry] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._by_key.update({entry.key.value: entry for entry in self.entries})

    def get(self, key: str) -> "Entry | None":
        return self._by_key.get(key)


Node: TypeAlias = "Text | Items | Block | None"
"""What stands in a place; None where it was refused and said so already."""


def load(content: str | bytes, findings: Findings) -> Node:
    """The tree of a file. What is wrong with its YAML goes to `findings`."""
    text = decode(content, findings)
    return _Tree(text, findings).load()


def last_line(node: Node) -> int:
    """The line that a node ends in; 0 for one that was refused."""
    if node is None:
        return 0
    if isinstance(node, Text):
        return node.place.line + node.raw.rstrip("\n").count("\n")
    if node.closed:
        return node.closed.line
    if isinstance(node, Block):
        return max(max(last_line(each.key), last_line(each.value)) for each in node.entries)
    return max(map(last_line, node.items))


class _Tree:
    def __init__(self, text: str, findings: Findings) -> None:
        self._text = text
        self._findings = findings
        self._last = START

    def load(self) -> Node:
        events = self._events()
        root: Node = None
        for event in events:
            if isinstance(event, StreamStartEvent | StreamEndEvent | DocumentEndEvent):
                continue
            if isinstance(event, DocumentStartEvent):
                self._document(event, first=root is None)
                root = self._node(next(events), events, depth=1)
        return root

    def _events(self) -> Iterator[Any]:
        try:
            for event in YAML(typ="safe", pure=True).parse(self._text):
                self._last = marked(event.start_mark)
                yield event
        except MarkedYAMLError as error:
            raise unreadable(error, self._text) from error
        except (YAMLError, ValueError, OverflowError, LookupError, TypeError) as error:
            # A hostile escape or directive makes the parser itself stumble, with errors of all
            # kinds and no place: what is known is where the last thing that it understood began.
            raise UnreadableError(
                self._last, "what follows here can't be read as YAML.", "Write it plainly."
            ) from error

    def _document(self, event: DocumentStartEvent, *, first: bool) -> None:
        if not first:
            raise UnreadableError(
                marked(event.start_mark),
                "a second document begins here.",
                "A file holds one design; leave out the `---` and what follows it.",
            )
        directive = _DIRECTIVE.search(self._text, 0, event.start_mark.index)
        if directive:
            place = place_of(self._text, directive.start())
            self._findings.add(place, "YAML directives are not read.", "Leave this line out.")

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        if depth > DEEPEST:
            raise UnreadableError(
                marked(event.start_mark),
                f"this is nested more than {DEEPEST} deep.",
                "No part of a design needs that.",
            )
        if isinstance(event, AliasEvent):
            self._add(event, "aliases (`*name`) are not read.", "Write the value out.")
            return None
        self._refuse_decoration(event)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor:
            self._add(event, "anchors (`&name`) are not read.", "Leave the anchor out.")
        if event.tag:
            self._add(event, "tags (`!name`) are not read.", "Leave the tag out.")

    def _scalar(self, event: ScalarEvent) -> Text:
        start, end = event.start_mark.index, event.end_mark.index
        line_end = self._text.find("\n", end)
        rest = self._text[end : line_end if line_end >= 0 else len(self._text)]
        text = Text(
            value=event.value,
            place=marked(event.start_mark),
            raw=self._text[start:end],
            plain=event.style is None,
            comment_follows=rest.lstrip().startswith("#"),
        )
        forbidden = first_forbidden(text.value)
        if forbidden:
            offset, name = forbidden
            self._findings.add(text.at(offset), f"{name} is hidden in this text.", "Leave it out.")
        return text

    def _sequence(self, event: Any, events: Iterator[Any], depth: int) -> Items:
        items = []
        for child in events:
            if isinstance(child, SequenceEndEvent):
                break
            items.append(self._node(child, events, depth + 1))
        closed = marked(child.end_mark) if event.flow_style else None
        return Items(tuple(items), marked(event.start_mark), closed)

    def _mapping(self, event: Any, events: Iterator[Any], depth: int) -> Block:
        entries: dict[str, Entry] = {}
        last: Entry | None = None
        for child in events:
            if isinstance(child, MappingEndEvent):
                break
            key = self._node(child, events, depth + 1)
            after = next(events)
            value = self._node(after, events, depth + 1)
            if not isinstance(key, Text):
                self._add(child, "a key is one word.", "Write `key: value`.")
                continue
            if key.plain and key.value == "<<":
                self._add(child, "merge keys (`<<`) are not read.", "Write the values out.")
                continue
            alone = isinstance(value, Text) and child.end_mark.index == after.start_mark.index
            if last and event.flow_style and alone:
                last = entries[last.key.value] = self._rejoined(last, key)
                continue
            if key.value in entries:
                first = entries[key.value].key.place.line
                self._findings.add(
                    key.place,
                    f"{quoted(key.value)} is written twice.",
                    f"It stands in line {first} already; keep one of them.",
                )
                continue
            last = entries[key.value] = Entry(key, value)
        closed = marked(child.end_mark) if event.flow_style else None
        return Block(tuple(entries.values()), marked(event.start_mark), closed)

    def _rejoined(self, entry: Entry, rest: Text) -> Entry:
        """Undoes what a comma in `{...}` did to a value, so that the rest can be read."""
        self._findings.add(
            rest.place, f"in {{...}} the comma before {quoted(rest.value)} ends the value.", TRAP
        )
        if not isinstance(entry.value, Text):
            return entry
        value = f"{entry.value.value},{rest.value}"
        gap = rest.place.column - entry.value.place.column
        raw = value if gap == len(entry.value.value) + 1 else value.replace(",", ", ")
        return Entry(entry.key, Text(value, entry.value.place, raw))

    def _add(self, event: Any, message: str, hint: str) -> None:
        self._findings.add(marked(event.start_mark), message, hint)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
