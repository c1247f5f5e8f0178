"""Reads the page that says who may do what."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from app.tests.people import ALICE, Person

PAGE = Path(__file__).parents[2] / "docs" / "access.md"
LINE = re.compile(r"^\| ([A-Z]+) +\| `([^`]+)` +\| (.+) +\| ([\d ,-]+) +\| ([\d ,-]+) +\|$", re.M)
BODY = re.compile(r"^- `([A-Z]+ [^`]+)`: (.+(?:\n  .+)*)$", re.M)
FIELD = re.compile(r"(\w+)(?:\s+\(([\w-]+)(,\s+owner)?\))?(?:,\s+|$)")
CALLER = re.compile(r'(\w+)(?: if (\w+)=(?:("(?:\\.|[^"\\])*")|([^,\s]+)))?')
WIDE = {"public", "authenticated"}


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whom a line names, with every row or with those that a condition holds for."""

    who: str
    field: str | None
    value: str

    def is_like(self, person: Person | None, row: Mapping[str, Any]) -> bool:
        """Whether this is the person, before a row of Alice's."""
        if self.field is not None and spelt(row[self.field]) != self.value:
            return False
        if self.who == "public" or person is None:
            return self.who == "public"
        if self.who == "owner":
            return person is ALICE
        return self.who == "authenticated" or self.who in person.roles


@dataclass(frozen=True, slots=True)
class Line:
    """What the page says of one route."""

    method: str
    path: str
    callers: tuple[Caller, ...]
    visitor: frozenset[int]
    others: frozenset[int]

    @property
    def route(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def area(self) -> str:
        """What the route has in common with others: the list that it is about."""
        return "/".join(self.path.split("/")[:4]) if self.path.startswith("/api/") else "/"

    @property
    def is_list(self) -> bool:
        return self.method == "GET" and not self.path.endswith("}")

    @property
    def restores(self) -> bool:
        return self.path.endswith("/restore")

    @property
    def is_wide(self) -> bool:
        """Whether roles are nothing to it."""
        return any(caller.who in WIDE and caller.field is None for caller in self.callers)

    def names(self, person: Person | None, row: Mapping[str, Any]) -> bool:
        """Whether a person may, before a row of Alice's, or what is to become one."""
        return any(caller.is_like(person, row) for caller in self.callers)

    def may_name(self, person: Person) -> bool:
        """Whether there are rows that a person may."""
        return any(each.who in {"owner", *WIDE, *person.roles} for each in self.callers)

    def refusal(self, person: Person | None, row: Mapping[str, Any]) -> frozenset[int]:
        """What a person gets, if it isn't what they ask for."""
        refused = self.visitor if person is None else self.others
        return frozenset() if refused and self.names(person, row) else refused


@dataclass(frozen=True, slots=True)
class Refers:
    """A field of a body that names a row of another list, or several."""

    route: str
    field: str
    path: str
    owns: bool
    """Whether the row that is written belongs to whom that one belongs to."""


def lines() -> list[Line]:
    """The table, line by line."""
    return [
        Line(method, path, callers(who), statuses(visitor), statuses(others))
        for method, path, who, visitor, others in LINE.findall(PAGE.read_text(encoding="utf-8"))
    ]


def bodies() -> dict[str, dict[str, Refers | None]]:
    """What bodies may hold, by route and field."""
    return {
        route: {
            field: Refers(route, field, f"/api/v1/{path}", bool(owner)) if path else None
            for field, path, owner in FIELD.findall(held)
        }
        for route, held in BODY.findall(PAGE.read_text(encoding="utf-8"))
    }


def callers(cell: str) -> tuple[Caller, ...]:
    found = CALLER.findall(cell.replace(r"\|", "|"))
    return tuple(
        Caller(who, field or None, json.loads(quoted) if quoted else bare)
        for who, field, quoted, bare in found
    )


def statuses(cell: str) -> frozenset[int]:
    return frozenset(int(status) for status in re.findall(r"\d+", cell))


def spelt(value: object) -> str:
    """A value as conditions spell it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value.value if isinstance(value, Enum) else value)
