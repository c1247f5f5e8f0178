"""Patterns that mean the same to Python, PostgreSQL and Pydantic (Rust).

A pattern is read into a tree (pattern.py) and written anew, so that what a project uses is
always of one kind: anchored, ASCII for `\\d` and `\\w`, never matching NUL, never slow. What
the three read differently (look-around, backreferences, lazy repeats, word boundaries, POSIX
classes) is refused with a hint.
"""

from typing import NoReturn

from backsmith.design.pattern import (
    Chars,
    Choice,
    Node,
    Pattern,
    Repeat,
    Sequence,
    calm,
    size,
    spelt,
)

LONGEST = 200
MOST_REPEATS = 255  # PostgreSQL's limit for {n,m}
LARGEST = 2_000
DEEPEST = 5

_FEW = 3

_ESCAPABLE = frozenset(r".^$*+?()[]{}|\/-")
_CLASSES = {"d": ((48, 57),), "w": ((48, 57), (65, 90), (95, 95), (97, 122))}
_IN_CLASS = {"d": "0-9", "w": "A-Za-z0-9_"}
_CONTROLS = {"n": 10, "t": 9}
_QUANTIFIERS = "*+?{"
_UNLIKE_ELSEWHERE = ("[", "&&", "--", "~~")
_INSTEAD = {"s": "Write a space.", "b": "Leave it out.", "S": "Write [^ ].", "D": "Write [^0-9]."}


class PatternError(ValueError):
    """A pattern that is refused: at which character, why, and what to write."""

    def __init__(self, offset: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.hint = hint


def read(source: str) -> Pattern:
    """Read a pattern as it stands between the slashes of a design."""
    if len(source) > LONGEST:
        raise PatternError(0, f"a pattern is at most {LONGEST} characters long", "Split the field.")
    if not source.startswith("^") or not source.endswith("$") or source.endswith("\\$"):
        raise PatternError(
            0, "a pattern has to say where it begins and ends", "Write it as /^...$/."
        )
    reader = _Reader(source[:-1])
    node = reader.choice(top=True)
    if size(node) > LARGEST:
        raise PatternError(0, "this pattern unfolds to too many characters", "Repeat less often.")
    return Pattern(f"^{''.join(reader.written)}$", node)


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._here = 1
        self._depth = 0
        self.written: list[str] = []

    def choice(self, *, top: bool = False) -> Node:
        options = [self._sequence()]
        while self._peek() == "|":
            if top:
                self._refuse("^ and $ would belong to one side of this | each", "Write ^(a|b)$.")
            self._take()
            options.append(self._sequence())
        if top and self._peek() == ")":
            self._refuse("this ) closes nothing", "Write `\\)` for the character itself.")
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        nodes: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            start = self._here
            nodes.append(self._repeated(self._atom(), start))
        return Sequence(tuple(nodes))

    def _atom(self) -> Node:
        character = self._peek()
        if character == "(":
            return self._group()
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        if character == ".":
            self._here += 1
            self.written.append(r"[^\n\x00]")
            return Chars(((10, 10), (0, 0)), negated=True)
        if character in "^$":
            self._refuse(f"{character} stands inside of the pattern", "Write ^ first and $ last.")
        if character in _QUANTIFIERS:
            self._refuse(f"{character} repeats nothing", f"Write `\\{character}` for itself.")
        if character in "]}":
            self._refuse(f"a bare {character} is read differently", f"Write `\\{character}`.")
        self._take()
        return spelt(character)

    def _group(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(f"groups are nested more than {DEEPEST} deep", "Write it flatter.")
        self._take()
        if self._peek() == "?":
            if self._source[self._here + 1 : self._here + 2] != ":":
                self._refuse("look-around, flags and named groups are not taken", "Write (...).")
            self._take(2)
        node = self.choice()
        if self._peek() != ")":
            self._refuse("a ( is never closed", "Write `\\(` for the character itself.")
        self._take()
        self._depth -= 1
        return node

    def _escape(self) -> Chars:
        letter = self._source[self._here + 1 : self._here + 2]
        if letter in _CLASSES:
            self._here += 2
            self.written.append(f"[{_IN_CLASS[letter]}]")
            return Chars(_CLASSES[letter])
        if letter not in _ESCAPABLE or not letter:
            self._refuse_escape(letter)
        self._here += 2
        self.written.append("/" if letter == "/" else f"\\{letter}")
        return spelt(letter)

    def _class(self) -> Chars:
        start = self._here
        self._take()
        negated = self._peek() == "^"
        if negated:
            self._take()
        ranges: list[tuple[int, int]] = []
        while self._peek() != "]":
            if not self._peek():
                self._here = start
                self._refuse("a [ is never closed", "Write `\\[` for the character itself.")
            ranges += self._class_item()
        if not ranges:
            self._refuse("[] matches nothing", "Write the characters that may stand here.")
        if negated and not any(low == 0 for low, _ in ranges):
            self.written.append(r"\x00")
            ranges.append((0, 0))
        self._take()
        return Chars(tuple(ranges), negated)

    def _class_item(self) -> list[tuple[int, int]]:
        first = self._class_character()
        if not isinstance(first, int):
            return list(first)
        next_two = self._source[self._here : self._here + 2]
        if next_two == "--":
            self._refuse("-- in [...] is read differently", "Escape it with `\\`.")
        if not next_two.startswith("-") or next_two in ("-]", "-"):
            return [(first, first)]
        at = self._here
        self._take()
        if not self._peek():
            self._refuse("a [ is never closed", "Write `\\[` for the character itself.")
        last = self._class_character()
        if not isinstance(last, int) or last < first:
            self._here = at
            self._refuse("this range runs backwards", "Write the lower character first.")
        return [(first, last)]

    def _class_character(self) -> "int | tuple[tuple[int, int], ...]":
        character = self._peek()
        if character != "\\":
            for unlike in _UNLIKE_ELSEWHERE:
                if self._source.startswith(unlike, self._here):
                    self._refuse(f"{unlike} in [...] is read differently", "Escape it with `\\`.")
            self._take()
            return ord(character)
        letter = self._source[self._here + 1 : self._here + 2]
        if letter in _CLASSES:
            self._here += 2
            self.written.append(_IN_CLASS[letter])
            return _CLASSES[letter]
        if letter in _CONTROLS:
            self._take(2)
            return _CONTROLS[letter]
        if self._source.startswith(r"\x00", self._here):
            self._take(4)
            return 0
        if letter not in _ESCAPABLE or not letter:
            self._refuse_escape(letter)
        self._here += 2
        self.written.append("/" if letter == "/" else f"\\{letter}")
        return ord(letter)

    def _repeated(self, node: Node, start: int) -> Node:
        character = self._peek()
        if not character or character not in _QUANTIFIERS:
            return node
        low, high = self._counts()
        if (self._peek() or " ") in "?+*{":
            self._refuse("a repeat of a repeat is read differently", "Use one of * + ? {n,m}.")
        if (high is None or high > _FEW) and not calm(node):
            self._here = start
            self._refuse(
                "a repeat in a repeat can take for ever to match",
                "Begin or end the inner one with a character of its own: ^[a-z]+(-[a-z]+)*$.",
            )
        return Repeat(node, low, high)

    def _counts(self) -> tuple[int, int | None]:
        character = self._peek()
        if character != "{":
            self._take()
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[character]
        end = self._source.find("}", self._here)
        inside = self._source[self._here + 1 : end] if end > 0 else ""
        low, comma, high = inside.partition(",")
        if not _is_count(low) or (high and not _is_count(high)):
            self._refuse("{...} counts how often: {3}, {3,} or {3,9}", "Write `\\{` for itself.")
        most = int(high) if high else (None if comma else int(low))
        if max(int(low), most or 0) > MOST_REPEATS or (most is not None and most < int(low)):
            self._refuse(f"{{{inside}}} can't be counted", f"Count from 0 to {MOST_REPEATS}.")
        self._take(end + 1 - self._here)
        return int(low), most

    def _peek(self) -> str:
        return self._source[self._here : self._here + 1]

    def _take(self, count: int = 1) -> None:
        self.written.append(self._source[self._here : self._here + count])
        self._here += count

    def _refuse_escape(self, letter: str) -> NoReturn:
        self._refuse(
            f"\\{letter} is read differently by PostgreSQL, Python and Pydantic",
            _INSTEAD.get(letter, "Write the characters that may stand here, as in [a-z]."),
        )

    def _refuse(self, message: str, hint: str) -> NoReturn:
        raise PatternError(self._here, message, hint)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5
