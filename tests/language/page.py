"""The table as a page for people: docs/reference/language.md."""

from collections.abc import Iterator
from typing import Any

from .rows import CELLS, SECTIONS, Row, sections

HEAD = """\
# The words of the language

Each word of a design, what it promises, and where the promise shows: in the database, in the
project's code, over HTTP, in the API's documents, and in the tests that come with the project.
Each line is tried by Backsmith's own tests, on one API that says all of these words at once;
requests are an administrator's unless they name somebody.

This page is written from `tests/language/words/` by `make golden`.
"""

CALLED = {
    "ddl": "Database",
    "schema": "Schema",
    "accepted": "Accepted",
    "refused": "Refused",
    "openapi": "OpenAPI",
    "test": "Generated test",
}


def page() -> str:
    """Write the whole page."""
    return "\n".join([HEAD, *_lines(sections())])


def _lines(table: dict[str, dict[str, Row]]) -> Iterator[str]:
    for section, rows in table.items():
        yield f"## {SECTIONS[section]}\n"
        for row in rows.values():
            yield f"### `{row.word}`\n\n{row.says}\n"
            yield f"```yaml\n{row.design}```\n"
            yield "| | |\n|---|---|"
            yield from (f"| {CALLED[cell]} | {_told(row, cell)} |" for cell in CELLS)
            yield ""


def _told(row: Row, cell: str) -> str:
    promised = row.cell(cell)
    if promised is None:
        reason: str = getattr(row, cell)
        return f"{reason[0].upper()}{reason[1:]}."
    if isinstance(promised, dict):
        promised = [f"{where} {_short(what)}" for where, what in promised.items()]
    return "<br>".join(_code(line) for line in promised)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{key}: {_short(each)}" for key, each in value.items())
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_short, value))}]"
    return str(value)


def _code(line: str) -> str:
    """A line as code in a table's cell, whatever marks it holds."""
    escaped = line.replace("\0", "\\0").replace("\n", "\\n").replace("|", "\\|")
    return f"``{escaped}``" if "`" in escaped else f"`{escaped}`"
