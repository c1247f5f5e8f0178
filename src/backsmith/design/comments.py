"""The comments and empty lines of a design file, each with the key that it belongs to."""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from backsmith.design.findings import Place
from backsmith.design.source import Block, Entry, Items, Node, Text, last_line

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_BLOCK_SCALAR = ("|", ">")


@dataclass(slots=True)
class Remarks:
    """What people wrote around a key and its value; an empty text is an empty line."""

    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


class _Comment(NamedTuple):
    place: Place
    text: str
    alone: bool


class Margin:
    """All remarks of a file: before its first key, around each key, and at its end."""

    def __init__(self, text: str, root: Block) -> None:
        self.top: list[str] = []
        self.bottom: list[str] = []
        self._chains = list(_chains(root, ()))
        self._keys = [chain[-1].key.place for chain in self._chains]
        self._remarks = {place: Remarks() for place in self._keys}
        self._read(_without_texts(text, root))

    def _read(self, lines: list[str]) -> None:
        begun = {place.line: place for place in reversed(self._keys)}
        gap = False
        for number, line in enumerate(lines, start=1):
            if number in begun and gap:
                first = begun[number]
                above = self.top if first == self._keys[0] else self._remarks[first].above
                above.append("")
            found = _COMMENT.search(line)
            if found:
                alone = not line[: found.start()].strip()
                text = found.group().rstrip()
                self._take(_Comment(Place(number, found.start() + 1), text, alone), after_gap=gap)
            gap = not line.strip()

    def of(self, entry: Entry) -> Remarks:
        """What stands around a key; nothing around those between braces."""
        return self._remarks.get(entry.key.place) or Remarks()

    def _take(self, comment: _Comment, *, after_gap: bool) -> None:
        lines = self._lines_for(comment)
        if comment.alone and after_gap:
            lines.append("")
        lines.append(comment.text)

    def _lines_for(self, comment: _Comment) -> list[str]:
        index = bisect(self._keys, comment.place)
        if index == 0:
            return self.top
        if index == len(self._keys) and comment.place.column == 1:
            return self.bottom
        chain = self._chains[index - 1]
        before = self._remarks[chain[-1].key.place]
        if not comment.alone and chain[-1].key.place.line == comment.place.line:
            return before.beside
        value = chain[-1].value
        is_block = isinstance(value, Block) and not value.closed
        if not is_block and last_line(value) >= comment.place.line:
            return before.above
        column = comment.place.column
        if index < len(self._keys) and column <= self._keys[index].column:
            return self._remarks[self._keys[index]].above
        fits = [each for each in chain if each.key.place.column <= column]
        return self._remarks[(fits or chain)[-1 if fits else 0].key.place].below


def _chains(block: Block, above: tuple[Entry, ...]) -> Iterator[tuple[Entry, ...]]:
    """Each key that begins a line, behind those that it stands below."""
    if block.closed:
        return
    for entry in block.entries:
        yield (*above, entry)
        if isinstance(entry.value, Block):
            yield from _chains(entry.value, (*above, entry))


def _without_texts(text: str, root: Block) -> list[str]:
    """The lines of a file, with something else wherever a text stands, which may hold a #."""
    lines = text.split("\n")
    for each in _texts(root):
        line, column = each.place.line - 1, each.place.column - 1
        first, *rest = each.raw.rstrip("\n").split("\n")
        first = first[:1] if first.startswith(_BLOCK_SCALAR) else first
        lines[line] = lines[line][:column] + "x" * len(first) + lines[line][column + len(first) :]
        for number, part in enumerate(rest, start=line + 1):
            lines[number] = "x" * max(len(part), 1) + lines[number][len(part) :]
    return lines


def _texts(node: Node) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Items):
        for item in node.items:
            yield from _texts(item)
    elif node:
        for entry in node.entries:
            yield entry.key
            yield from _texts(entry.value)
