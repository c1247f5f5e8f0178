"""How a test is put together: whom and what it asks for, and what it does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import dedent, indent

TYPES = {
    "database": "Database",
    "mailbox": "Mailbox",
    "repository": "Any",
    "whole_app": "FastAPI",
}
MOCKED = frozenset({"service", "repository", "lookup"})
"""Fixtures that a test asks for by another name than it uses, or for what they do alone."""
MADE = re.compile(r"(\w+) = (await add_\w+\(.*\))")
KEPT_APART = 88
"""Letters of a name that a line has room for beside `async def`."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a test is repeated with: the names of its arguments with their types, and the rows."""

    arguments: dict[str, str]
    rows: Sequence[str]

    def source(self) -> str:
        names = ", ".join(f'"{name}"' for name in self.arguments)
        head = f"({names})" if len(self.arguments) > 1 else names
        return f"@pytest.mark.parametrize({head}, [{', '.join(self.rows)}])"


def case(name: str, needs: Sequence[str], body: str, *tables: Table, waits: bool = True) -> str:
    """One test: its name, the fixtures it may ask for, its body, and what it is repeated with."""
    body = _kept(dedent(body).strip("\n"))
    used = [each for each in needs if each in MOCKED or re.search(rf"\b{each}\b", body)]
    given = {each: TYPES.get(each, "AsyncClient") for each in used}
    for table in tables:
        given |= table.arguments
    arguments = ", ".join(f"{each}: {kind}" for each, kind in given.items())
    head = f"{'async ' if waits else ''}def test_{name}({arguments}) -> None:"
    lines = [table.source() for table in tables]
    return "\n".join([*lines, head, indent(body, "    ")])


def _kept(body: str) -> str:
    """Rows that nothing is asked of are made, and not kept."""
    lines = body.split("\n")
    for at, line in enumerate(lines):
        made = MADE.fullmatch(line)
        if made and not re.search(rf"\b{made[1]}\b", "\n".join(lines[at + 1 :])):
            lines[at] = made[2]
    return "\n".join(lines)


def loop(people: Sequence[str], lines: str, name: str = "person") -> str:
    """The same lines for several people, or for the only one."""
    text = dedent(lines).strip("\n")
    if len(people) == 1:
        return text.replace(f"{name}.", f"{people[0]}.")
    return f"for {name} in ({', '.join(people)}):\n{indent(text, '    ')}"


def several(what: str, count: int) -> str:
    """So many of something, in a list."""
    return f"[{what} for _ in range({count})]" if count > 1 else f"[{what}]"


def mapping(pairs: dict[str, str]) -> str:
    """A dictionary of these expressions."""
    return "{" + ", ".join(f'"{key}": {value}' for key, value in pairs.items()) + "}"
