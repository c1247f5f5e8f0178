"""The table that holds the language to its word, as it stands in words/: a row for each word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

WORDS = Path(__file__).parent / "words"
NOTHING = "nothing, because "

_STEP = re.compile(
    r"(?:(?P<who>[a-z]+): )?(?P<method>[A-Z]+) (?P<path>\S+)(?: (?P<body>[{\[].*?))?"
    r" → (?P<status>\d{3})(?: (?P<word>[A-Za-z_]+))?(?: (?P<shown>\{.*\}))?(?: as (?P<name>\w+))?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """A request and what becomes of it, as in `alice: POST /books {title: Emma} → 201`."""

    who: str
    method: str
    path: str
    body: str | None
    status: int
    word: str | None
    """A code of ours; or, after a 422, the field that is refused."""
    shown: str | None
    """What the answer holds, among other things."""
    name: str | None
    """What later steps call the row that was made: `{book_id: $emma}`."""

    @classmethod
    def of(cls, text: str) -> "Step":
        match = _STEP.fullmatch(text)
        assert match, f"this is no step: {text}"
        parts: dict[str, Any] = match.groupdict()
        return cls(**parts | {"who": parts["who"] or "admin", "status": int(parts["status"])})


@dataclass(frozen=True, slots=True)
class Row:
    """What one word promises; each cell is there, or says why there is nothing to promise."""

    word: str
    says: str
    design: str
    """The resources that the word is tried in, as they stand under `resources:`."""
    ddl: list[str] | str
    schema: list[str] | str
    accepted: list[str] | str
    refused: list[str] | str
    openapi: Mapping[str, Any] | str
    test: list[str] | str

    @property
    def resources(self) -> list[str]:
        return re.findall(r"^([A-Z]\w*):", self.design, re.MULTILINE)

    @property
    def of_the_file(self) -> bool:
        """Whether the word stands at the top of the file, not in a resource."""
        return not self.resources

    def cell(self, name: str) -> Any:
        """What is promised there, or None where nothing can be."""
        value = getattr(self, name)
        if isinstance(value, str) and value.startswith(NOTHING):
            return None
        return [value] if isinstance(value, str) else value


CELLS = [field.name for field in fields(Row) if field.name not in ("word", "says", "design")]


def read_rows(section: str) -> dict[str, Row]:
    """Read one section of the table."""
    text = (WORDS / f"{section}.yml").read_text(encoding="utf-8")
    return {
        str(word): row_of(str(word), cells) for word, cells in YAML(typ="safe").load(text).items()
    }


def row_of(word: str, cells: Mapping[str, Any]) -> Row:
    """Make a row; an empty cell is an error that names it."""
    empty = [each.name for each in fields(Row)[1:] if not cells.get(each.name)]
    assert not empty, f"{word} says nothing of {', '.join(empty)}"
    return Row(word=word, **cells)


def sections() -> dict[str, dict[str, Row]]:
    return {name: read_rows(name) for name in SECTIONS}


SECTIONS = {
    "types": "Types",
    "words": "Words of a field",
    "fields": "Keys of a field",
    "resources": "Keys of a resource",
    "rights": "Keys of access",
    "callers": "Callers",
    "lists": "Keys of a list",
    "top": "Keys of the file",
}
"""The parts of the table, in the order of the page, and what the page calls them."""
