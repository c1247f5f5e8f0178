"""A field's text, split into words that know their places.

In a file the words stand apart; in a shell, where that would make them several, colons part them.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from backsmith.design.complaints import TRAP
from backsmith.design.findings import Findings, Place, quoted
from backsmith.design.source import Text


class Form(NamedTuple):
    """How words are told apart."""

    bare: re.Pattern[str]
    pattern: re.Pattern[str]
    default: re.Pattern[str]


def _form(bare: str, end: str) -> Form:
    return Form(
        re.compile(bare),
        re.compile(rf"/((?:\\.|[^\\])*?)/{end}", re.DOTALL),
        re.compile(rf"=(?:\"((?:\\[\"\\]|[^\"\\])*)\"|'([^']*)'){end}"),
    )


IN_FILE = _form(r"\S+", r"(?=\s|$)")

# In a default a colon may stand before what can't be a word: in times, and in addresses.
_AFTER_COLON = r"(?://[^\s:]*|[0-9]+(?:/[^\s:]*|(?:\.[0-9]+)?(?:[Z+-][^\s:]*)?)(?=[\s:]|$))"
IN_SHELL = _form(rf"=[^\s:]*(?::{_AFTER_COLON})*|[^\s:]+", r"(?=[\s:]|$)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written; of a pattern or a quoted default also what is inside."""

    text: str
    offset: int
    source: Text
    inside: str | None = None

    @property
    def place(self) -> Place:
        return self.source.at(self.offset)

    @property
    def is_pattern(self) -> bool:
        return self.text.startswith("/")

    @property
    def is_default(self) -> bool:
        return self.text.startswith("=")

    @property
    def default(self) -> str:
        """The value after `=`, without its quotes."""
        return self.text[1:] if self.inside is None else self.inside


def split(text: Text, findings: Findings, form: Form = IN_FILE) -> list[Word]:
    """The words of a field. A pattern may hold spaces, and so may a quoted default."""
    words: list[Word] = []
    here = 0
    while here < len(text.value):
        if text.value[here].isspace() or (form is IN_SHELL and text.value[here] == ":"):
            here += 1
            continue
        word = _word(text, here, findings, form)
        words.append(word)
        here += len(word.text)
    return words


def _word(text: Text, here: int, findings: Findings, form: Form) -> Word:
    value = text.value
    if pattern := form.pattern.match(value, here):
        return Word(pattern.group(), here, text, pattern.group(1))
    if default := form.default.match(value, here):
        double, single = default.groups()
        inside = single if double is None else re.sub(r"\\(.)", r"\1", double)
        return Word(default.group(), here, text, inside)
    bare = form.bare.match(value, here)
    word = bare.group() if bare else value[here:]
    if value[here] == "/" or value[here : here + 2] in ('="', "='"):
        what = "pattern" if value[here] == "/" else "default"
        hint = f"A ` #` begins a comment. {TRAP}" if text.comment_follows else None
        closing = "/" if what == "pattern" else value[here + 1]
        findings.add(
            text.at(here),
            f"the {what} {quoted(word)} is never closed.",
            hint or f"End it with {closing} and a space, or the end of the line.",
        )
        return Word(value[here:], here, text, "")
    return Word(word, here, text)
