"""The names that follow from a resource's name, and the rule that keeps names short."""

import re
from dataclasses import dataclass
from hashlib import sha256

LONGEST = 63
"""Bytes that PostgreSQL keeps of a name; it drops the rest without a word."""

_DIGEST = 8

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z]|$)|[A-Z]?[a-z0-9]+|[A-Z]+")


@dataclass(frozen=True, slots=True)
class Names:
    """Every spelling of one resource, from `BookReview` and the plural of its last word."""

    type: str
    """`BookReview`: the class."""
    path: str
    """`book-reviews`: the URL and the tag."""

    @property
    def stem(self) -> str:
        """`book_review`: files and variables that hold one."""
        return "_".join(self._words)

    @property
    def plural(self) -> str:
        """`book_reviews`: the table and variables that hold many."""
        return self.path.replace("-", "_")

    @property
    def types(self) -> str:
        """`BookReviews`: the dependency that endpoints ask for."""
        return "".join(word.capitalize() for word in self.path.split("-"))

    @property
    def noun(self) -> str:
        """`book review`: one, in a sentence."""
        return " ".join(self._words)

    @property
    def nouns(self) -> str:
        """`book reviews`: many, in a sentence."""
        return self.path.replace("-", " ")

    @property
    def constant(self) -> str:
        """`BOOK_REVIEW`: error codes."""
        return "_".join(self._words).upper()

    @property
    def _words(self) -> list[str]:
        return [word.lower() for word in _WORDS.findall(self.type)]


def link_table(stem: str, field: str) -> str:
    """The table that holds the links of a field: `post_tags`."""
    return cut(f"{stem}_{field}", LONGEST - len("pk_"))


def link_columns(stem: str, one: str) -> tuple[str, str]:
    """The columns of that table: the row that has the links, and what each leads to."""
    return f"{stem}_id", f"other_{one}_id" if one == stem else f"{one}_id"


def cut(name: str, longest: int = LONGEST) -> str:
    """A name that PostgreSQL keeps whole: a long one ends in a digest of all of it."""
    encoded = name.encode()
    if len(encoded) <= longest:
        return name
    digest = sha256(encoded).hexdigest()[:_DIGEST]
    kept = encoded[: longest - _DIGEST - 1].decode(errors="ignore").rstrip("_")
    return f"{kept}_{digest}"
