"""One form of a design file, with its comments: what says the same is laid out the same.

Keys stand in the order of the language and words in that of `wording`; resources and fields
stay as they are, since their order is that of the API. What fits stays on its line.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backsmith.design.comments import Margin
from backsmith.design.findings import Findings
from backsmith.design.source import Block, Entry, Items, Node, Text, load
from backsmith.design.spelling import spelled
from backsmith.design.tokens import split
from backsmith.design.wording import worded
from backsmith.design.words import ACCESS_KEYS, FIELD_KEYS, LIST_KEYS, RESOURCE_KEYS, TOP_KEYS

WIDTH = 100

_FIRST_OF_RESOURCE = ("doc", "path", "deprecated")
_NAMED = "*"
_YES_OR_NO = ("deprecated", "soft_delete")
_ORDER: dict[tuple[str, ...], Sequence[str]] = {
    (): TOP_KEYS,
    ("resources", _NAMED): (*_FIRST_OF_RESOURCE, *RESOURCE_KEYS),
    ("resources", _NAMED, "access"): ACCESS_KEYS,
    ("resources", _NAMED, "list"): LIST_KEYS,
    ("resources", _NAMED, "fields", _NAMED): FIELD_KEYS,
}
_BELOW_NAMES = (("enums",), ("resources",), ("resources", _NAMED, "fields"))
_ALWAYS_LINES = (*_BELOW_NAMES, ("resources", _NAMED))
_DEFINITIONS = (
    ("resources", _NAMED, "fields", _NAMED),
    ("resources", _NAMED, "fields", _NAMED, "is"),
)


def formatted(text: str) -> str:
    """The text of a design, of which nothing is wrong, in the one form."""
    root = load(text, Findings(""))
    if not isinstance(root, Block):
        return text
    layout = _Layout(Margin(text, root))
    lines = [*layout.margin.top, *layout.block(root, ()), *layout.margin.bottom]
    return "".join(f"{line}\n" for line in _calm(lines))


def _calm(lines: list[str]) -> Iterator[str]:
    """Without empty lines at the ends, nor two of them in a row."""
    before = ""
    for line in "\n".join(lines).strip("\n").split("\n"):
        if line or before:
            yield line
        before = line


@dataclass(frozen=True, slots=True)
class _Layout:
    margin: Margin

    def block(self, block: Block, path: tuple[str, ...]) -> Iterator[str]:
        """The lines of what stands below each other."""
        order = _ORDER.get(path)
        entries = list(block.entries)
        if order:
            entries.sort(key=lambda entry: order.index(entry.key.value))
        for number, entry in enumerate(entries):
            remarks = self.margin.of(entry)
            above = remarks.above if number or not path else _without_gap(remarks.above)
            yield from above
            first, *rest = self._entry(entry, _below(path, entry))
            yield "  ".join([first, *remarks.beside])
            yield from (f"  {line}" if line else "" for line in rest)
            yield from remarks.below

    def _entry(self, entry: Entry, path: tuple[str, ...]) -> Iterator[str]:
        """A key with its value: on one line if it fits, else with lines below, not yet indented."""
        key = f"{spelled(entry.key.value)}:"
        value = _simpler(entry.value, path)
        if isinstance(value, Text):
            yield from _text(key, value, path)
        elif path not in _ALWAYS_LINES and self._fits(key, value, path):
            yield f"{key} {_inline(value, path)}"
        elif isinstance(value, Block):
            yield key if value.entries else f"{key} {{}}"
            yield from self.block(value, path)
        elif value:
            yield key
            yield from (f"- {_inline(item, path)}" for item in value.items)

    def _fits(self, key: str, node: Node, path: tuple[str, ...]) -> bool:
        if isinstance(node, Block) and any(self._said(entry) for entry in node.entries):
            return False
        indent = 2 * (len(path) - 1)
        line = _inline(node, path)
        if path in _DEFINITIONS and any(mark in line for mark in "\"'"):
            return False
        return indent + len(key) + 1 + len(line) <= WIDTH

    def _said(self, entry: Entry) -> bool:
        remarks = self.margin.of(entry)
        return any([*remarks.above, *remarks.beside, *remarks.below])


def _below(path: tuple[str, ...], entry: Entry) -> tuple[str, ...]:
    return (*path, _NAMED if path in _BELOW_NAMES else entry.key.value)


def _without_gap(lines: list[str]) -> list[str]:
    return lines[1:] if lines[:1] == [""] else lines


def _simpler(node: Node, path: tuple[str, ...]) -> Node:
    """One caller needs no list."""
    rule = path[:-1] == ("resources", _NAMED, "access")
    return node.items[0] if rule and isinstance(node, Items) and len(node.items) == 1 else node


def _text(key: str, text: Text, path: tuple[str, ...]) -> Iterator[str]:
    if path[-1] == "doc":
        yield from _prose(key, text.value, path)
    elif path[:-1] == ("resources", _NAMED) and path[-1] in _YES_OR_NO:
        yield f"{key} {text.value}"
    else:
        value = _value(text, path, in_braces=False)
        yield f"{key} {value}" if value else key


def _prose(key: str, value: str, path: tuple[str, ...]) -> Iterator[str]:
    width = WIDTH - 2 * len(path)
    parts = [" ".join(part.split()) for part in _paragraphs(value)]
    line = f"{key} {spelled(parts[0])}"
    if len(parts) == 1 and len(line) <= width + 2:
        yield line
        return
    yield f"{key} {'>-' if len(parts) == 1 else '|'}"
    for number, part in enumerate(parts):
        yield from [""] if number else []
        yield from textwrap.wrap(part, width, break_long_words=False, break_on_hyphens=False)


def _paragraphs(value: str) -> list[str]:
    """The parts between empty lines."""
    parts: list[list[str]] = [[]]
    for line in value.strip().split("\n"):
        if line.strip():
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return ["\n".join(part) for part in parts]


def _inline(node: Node, path: tuple[str, ...]) -> str:
    if isinstance(node, Items):
        return f"[{', '.join(_inline(item, path) for item in node.items)}]"
    if isinstance(node, Block):
        order = _ORDER.get(path, [entry.key.value for entry in node.entries])
        entries = sorted(node.entries, key=lambda entry: order.index(entry.key.value))
        return f"{{{', '.join(_pair(entry, _below(path, entry)) for entry in entries)}}}"
    return _value(node, path, in_braces=True) if node else ""


def _pair(entry: Entry, path: tuple[str, ...]) -> str:
    key = spelled(entry.key.value, in_braces=True)
    return f"{key}: {_inline(_simpler(entry.value, path), path)}"


def _value(text: Text, path: tuple[str, ...], *, in_braces: bool) -> str:
    if text.empty:
        return ""
    value = text.value
    if path in _DEFINITIONS:
        value = worded(split(text, Findings("")))
    elif path[-1] == "doc":
        value = " ".join(value.split())
    return spelled(value, in_braces=in_braces)
