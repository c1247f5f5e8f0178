"""The tree of a pattern, and what can be known from it without running it."""

from dataclasses import dataclass
from typing import TypeAlias

_HIGHEST = 0x10FFFF
_HANDY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST_ENDLESS = 20

Ranges: TypeAlias = "tuple[tuple[int, int], ...]"


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set."""

    ranges: Ranges
    negated: bool = False

    def holds(self, code: int) -> bool:
        return any(low <= code <= high for low, high in self.ranges) != self.negated

    @property
    def spans(self) -> Ranges:
        """The characters as ranges that hold them, negated or not."""
        if not self.negated:
            return self.ranges
        gaps, start = [], 0
        for low, high in sorted(self.ranges):
            if start < low:
                gaps.append((start, low - 1))
            start = max(start, high + 1)
        return (*gaps, (start, _HIGHEST))

    def meets(self, other: "Chars") -> bool:
        """Whether one character could be either."""
        return any(a <= d and c <= b for a, b in self.spans for c, d in other.spans)


@dataclass(frozen=True, slots=True)
class Repeat:
    node: "Node"
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Sequence:
    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    options: "tuple[Node, ...]"


Node: TypeAlias = "Chars | Repeat | Sequence | Choice"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read, as a project writes it."""

    text: str
    node: Node

    @property
    def shortest(self) -> int:
        return shortest(self.node)

    @property
    def longest(self) -> int | None:
        """None where there is no end to it."""
        return longest(self.node)

    def matches(self, text: str) -> bool:
        """Whether all of the text matches, in time that no pattern can stretch."""
        return len(text) in _ends(self.node, text, {0})

    def sample(self, number: int = 0) -> str:
        """A text that matches; another for each number, as long as the pattern has others."""
        return _sample(self.node, number)[0]


def spelt(character: str) -> Chars:
    """A character that stands for itself."""
    return Chars(((ord(character), ord(character)),))


def shortest(node: Node) -> int:
    match node:
        case Chars():
            return 1
        case Repeat():
            return shortest(node.node) * node.low
        case Sequence():
            return sum(shortest(each) for each in node.nodes)
        case Choice():
            return min(shortest(each) for each in node.options)


def longest(node: Node) -> int | None:
    match node:
        case Chars():
            return 1
        case Repeat():
            one = longest(node.node)
            return None if one is None or node.high is None else one * node.high
        case Sequence() | Choice():
            parts = node.nodes if isinstance(node, Sequence) else node.options
            lengths = [longest(each) for each in parts]
            known = [each for each in lengths if each is not None]
            if len(known) < len(lengths):
                return None
            return sum(known) if isinstance(node, Sequence) else max(known)


def size(node: Node) -> int:
    """How many characters a pattern unfolds to when its repeats are written out."""
    match node:
        case Chars():
            return 1
        case Repeat():
            return size(node.node) * max(node.high or node.low, 1)
        case Sequence():
            return sum(size(each) for each in node.nodes)
        case Choice():
            return sum(size(each) for each in node.options)


def calm(node: Node) -> bool:
    """Whether a repeat of this matches a text in one way only, so that no search explodes."""
    match node:
        case Chars():
            return True
        case Repeat():
            return node.low == node.high and calm(node.node)
        case Choice():
            firsts = [_first(option) for option in node.options]
            known = [first for first in firsts if first]
            apart = not any(a.meets(b) for i, a in enumerate(known) for b in known[:i])
            return len(known) == len(firsts) and apart and all(map(calm, node.options))
        case Sequence():
            return all(map(calm, node.nodes)) or _marked_off(node)


def _marked_off(node: Sequence) -> bool:
    """Whether a character that stands nowhere else in the sequence begins or ends it."""
    inner = [each.node if isinstance(each, Repeat) else each for each in node.nodes]
    chars = [each for each in inner if isinstance(each, Chars)]
    if len(chars) < len(inner):
        return False
    return any(
        isinstance(node.nodes[edge], Chars) and sum(each.meets(chars[edge]) for each in chars) == 1
        for edge in (0, -1)
    )


def _first(node: Node) -> Chars | None:
    while isinstance(node, Sequence) and node.nodes:
        node = node.nodes[0]
    return node if isinstance(node, Chars) else None


def _ends(node: Node, text: str, starts: set[int]) -> set[int]:
    """Where a match can end that begins at one of these places."""
    match node:
        case Chars():
            return {at + 1 for at in starts if at < len(text) and node.holds(ord(text[at]))}
        case Choice():
            return set().union(*(_ends(option, text, starts) for option in node.options))
        case Sequence():
            for each in node.nodes:
                starts = _ends(each, text, starts)
            return starts
        case Repeat():
            return _repeat_ends(node, text, starts)


def _repeat_ends(node: Repeat, text: str, starts: set[int]) -> set[int]:
    for _ in range(node.low):
        starts = _ends(node.node, text, starts)
    reached, fresh, times = set(starts), starts, node.low
    while fresh and (node.high is None or times < node.high):
        fresh = _ends(node.node, text, fresh) - reached
        reached |= fresh
        times += 1
    return reached


def _sample(node: Node, number: int) -> tuple[str, int]:
    """A text, and what is left of the number once this part has taken its share of it."""
    match node:
        case Chars():
            handy = [each for each in _HANDY if node.holds(ord(each))]
            letters = handy or [chr(node.spans[0][0])]
            return letters[number % len(letters)], number // len(letters)
        case Choice():
            text, rest = _sample(node.options[number % len(node.options)], 0)
            return text, number // len(node.options) + rest
        case Sequence():
            parts = []
            for each in reversed(node.nodes):
                text, number = _sample(each, number)
                parts.append(text)
            return "".join(reversed(parts)), number
        case Repeat():
            return _sample_repeat(node, number)


def _sample_repeat(node: Repeat, number: int) -> tuple[str, int]:
    parts: list[str] = []
    most = node.high if node.high is not None else max(node.low, _LONGEST_ENDLESS)
    while len(parts) < most and (len(parts) < max(node.low, 1) or number):
        text, number = _sample(node.node, number)
        parts.append(text)
    return "".join(reversed(parts)), number
