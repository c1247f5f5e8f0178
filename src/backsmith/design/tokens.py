"""A field's text, split into words that know their places."""

import re
from dataclasses import dataclass

from backsmith.design.complaints import TRAP
from backsmith.design.findings import Findings, Place, quoted
from backsmith.design.source import Text

_BARE = re.compile(r"\S+")
_PATTERN = re.compile(r"/((?:\\.|[^\\])*?)/(?=\s|$)", re.DOTALL)
_DEFAULT = re.compile(r"=(?:\"((?:\\[\"\\]|[^\"\\])*)\"|'([^']*)')(?=\s|$)")


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


def split(text: Text, findings: Findings) -> list[Word]:
    """The words of a field. A pattern may hold spaces, and so may a quoted default."""
    words: list[Word] = []
    here = 0
    while here < len(text.value):
        if text.value[here].isspace():
            here += 1
            continue
        word = _word(text, here, findings)
        words.append(word)
        here += len(word.text)
    return words


def _word(text: Text, here: int, findings: Findings) -> Word:
    value = text.value
    if pattern := _PATTERN.match(value, here):
        return Word(pattern.group(), here, text, pattern.group(1))
    if default := _DEFAULT.match(value, here):
        double, single = default.groups()
        inside = single if double is None else re.sub(r"\\(.)", r"\1", double)
        return Word(default.group(), here, text, inside)
    bare = _BARE.match(value, here)
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
