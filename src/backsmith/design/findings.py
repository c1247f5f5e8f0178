"""What is wrong with a design, each with the place of the word, and how to say it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

MOST_FINDINGS = 200
"""More than this helps nobody, and a hostile file can't make the tool think for minutes."""

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a word stands, counted from one, as editors do."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where, and what to do about it."""

    file: str
    line: int
    column: int
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        first = f"{self.file}:{self.line}:{self.column}: {self.message}"
        return f"{first}\n    {self.hint}" if self.hint else first


class Findings:
    """Collects what readers of the parts of one file find, so that it is told all at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[Finding, None] = {}
        self._last: list[Finding] = []

    def add(
        self, place: Place, message: str, hint: str | None = None, *, once: bool = False
    ) -> None:
        """Note a finding, once if it says the same everywhere; one too many ends the reading."""
        if once and any(found.message == message for found in self._found):
            return
        self._found[self._finding(place, message, hint)] = None
        if len(self._found) >= MOST_FINDINGS:
            raise UnreadableError(
                place, f"{MOST_FINDINGS} findings are told; there may be more.", "Mend them first."
            )

    def end(self, error: "UnreadableError") -> None:
        """Note what ended the reading; it is told last."""
        self._last.append(self._finding(error.place, error.message, error.hint))

    def __bool__(self) -> bool:
        return bool(self._found)

    def in_order(self) -> tuple[Finding, ...]:
        """Everything found, as it stands in the file."""
        ordered = sorted(self._found, key=lambda found: (found.line, found.column))
        return (*ordered, *self._last)

    def _finding(self, place: Place, message: str, hint: str | None) -> Finding:
        return Finding(self.file, place.line, place.column, message, hint)


class UnreadableError(Exception):
    """Nothing more can be read: the one finding that ends the reading of a file."""

    def __init__(self, place: Place, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.place = place
        self.message = message
        self.hint = hint


def quoted(word: str) -> str:
    """A word of the file as a message shows it: short, on one line, harmless in a terminal."""
    short = word if len(word) <= _LONGEST_QUOTE else word[:_LONGEST_QUOTE] + "…"
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short)
    return f'"{shown}"'


def did_you_mean(
    word: str, allowed: Iterable[str], synonyms: Mapping[str, str] | None = None
) -> str:
    """The sentence that names the nearest right word, with a space before it, or nothing."""
    right = nearest(word, allowed, synonyms)
    return f" Did you mean {quoted(right)}?" if right else ""


def nearest(
    word: str, allowed: Iterable[str], synonyms: Mapping[str, str] | None = None
) -> str | None:
    """The right word that was most likely meant."""
    known = {each.lower(): each for each in allowed}
    lower = word[:_LONGEST_QUOTE].lower()
    right = (synonyms or {}).get(lower) or known.get(lower)
    if right is None:
        near = get_close_matches(lower, known, n=1, cutoff=0.6)
        right = known[near[0]] if near else None
    return right


def listed(words: Iterable[str]) -> str:
    """`a, b and c`: words in a sentence."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def comes_later(word: str) -> str:
    """What is said of a word that the whole language has and this version doesn't."""
    return f"{quoted(word)} comes with a later version of Backsmith; leave it out for now."
