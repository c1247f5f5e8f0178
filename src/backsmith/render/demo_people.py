"""Writes the people of a developer's database, with what a design adds to them."""

from collections.abc import Iterator

from backsmith.design.model import Design, Field, Resource, Scalar
from backsmith.render.backend import own_text, replaced
from backsmith.render.code import quoted
from backsmith.render.demo_rows import value_of
from backsmith.render.enums import enum_imports
from backsmith.render.texts import fitting

IMPORTS = """\
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.tests.people import ADMIN, ALICE, BOB, Person
"""
FIRST_IMPORT = "from sqlalchemy import ColumnElement, select\n"
HEAD = "\n\nasync def add_people("
ROLE_NAMES = '            "role_names": [role.value for role in person.roles],\n'
NAMED = frozenset({"display_name", "first_name", "full_name", "name", "nickname"})
"""Fields that hold what people are called."""


def demo_people(design: Design, user: Resource) -> str:
    """The module that adds people to a developer's database."""
    text = own_text("dev/people.py")
    details = "\n".join(_details(design, user))
    text = replaced(text, HEAD, f"\n{details}\n{HEAD}")
    text = replaced(text, ROLE_NAMES, f"{ROLE_NAMES}            **DETAILS[person],\n")
    roles = [f"from app.tests.people import {role.upper()}" for role in design.roles]
    imports = "\n".join([IMPORTS.rstrip(), *roles, *enum_imports([user])])
    return replaced(text, FIRST_IMPORT, f"{imports}\n{FIRST_IMPORT}")


def _details(design: Design, user: Resource) -> Iterator[str]:
    given: dict[str, set[str]] = {field.name: set() for field in user.fields}
    yield "DETAILS: dict[Person, dict[str, Any]] = {"
    for at, person in enumerate(("alice", "bob", "admin", *design.roles)):
        pairs = []
        for field in user.fields:
            value = _value(user, field, person, at)
            if field.unique and value in given[field.name]:
                value = "None"
            given[field.name].add(value)
            pairs.append(f"{quoted(field.column)}: {value}")
        yield f"    {person.upper()}: {{{', '.join(pairs)}}},"
    yield "}"
    yield '"""What the design says of each of them."""'


def _value(user: Resource, field: Field, person: str, at: int) -> str:
    name = person.replace("_", " ").title()
    plain = field.type is Scalar.STRING and field.pattern is None and field.example is None
    if field.name in NAMED and plain and fitting(field, name, 0) == name:
        return quoted(name)
    return value_of(user, field, at % 3)
