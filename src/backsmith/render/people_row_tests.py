"""Writes the tests of the rules and of the table about people, where a design adds to them."""

from collections.abc import Iterator

from backsmith.design.model import Resource
from backsmith.render.backend import own_text
from backsmith.render.cases import Table, case
from backsmith.render.enums import enum_imports
from backsmith.render.repository_tests import unfit_rows
from backsmith.render.service_script import stored
from backsmith.render.tables import uniques
from backsmith.render.values import several

IMPORTS = """\
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from pydantic_core import to_jsonable_python
from sqlalchemy import update

from app.core.errors import AppError
from app.db.rows import EVERY
from app.schemas.user import UserUpdate
from app.tests.people import BOB
from app.tests.samples import NO_ID
"""


def people_imports(user: Resource) -> str:
    """What any of the modules about people may need."""
    return IMPORTS + "".join(f"{line}\n" for line in enum_imports([user]))


def people_service_tests(user: Resource) -> str:
    """The module that holds the tests of the rules about people."""
    field = user.changeable[0]
    value = stored(field, several(field)[0])
    body = f"""
        alice = repository.lock.return_value = User(id=ALICE.id)

        changed = await users.update_me(ALICE.actor, UserUpdate({field.name}={value}))

        assert changed is alice
        repository.lock.assert_awaited_once_with(EVERY, ALICE.id)
        repository.change.assert_awaited_once_with(alice, {{"{field.name}": {value}}})
    """
    gone = """
        repository.lock.return_value = None

        with pytest.raises(UserNotFound):
            await users.update_me(ALICE.actor, UserUpdate())
        repository.change.assert_not_awaited()
    """
    cases = [
        _served("people_change_their_own_account_as_far_as_they_say", body),
        _served("nobody_changes_an_account_that_is_gone", gone),
    ]
    told = own_text("app/tests/test_services/test_user.py")
    return f"{people_imports(user)}{told}\n\n" + "\n\n\n".join(cases) + "\n"


def _served(name: str, body: str) -> str:
    text = case(name, ["service", "repository"], body)
    return text.replace("(service: AsyncClient", "(users: UserService", 1)


def people_repository_tests(user: Resource) -> str:
    """The module that holds the tests of what the table of people refuses."""
    told = own_text("app/tests/test_repositories/test_user.py")
    rows = list(unfit_rows(user))
    cases = []
    if rows:
        body = """
            async with database.reads() as session:
                alice = await UserRepository(session).by_id(ALICE.id)
            assert alice

            with pytest.raises(IntegrityError) as caught:
                async with database.writes() as session:
                    await UserRepository(session).change(alice, changes)

            assert violated_constraint(caught.value) == constraint
        """
        table = Table({"changes": "dict[str, Any]", "constraint": "str"}, rows)
        name = "the_database_holds_what_the_design_says_of_people"
        cases.append(case(name, ["database"], body, table))
    cases += _unique_rows(user)
    return f"{people_imports(user)}{told}" + "".join(f"\n\n{each}\n" for each in cases)


def _unique_rows(user: Resource) -> Iterator[str]:
    rows = [
        f'("{unique.fields[0]}", {stored(field, several(field)[0])}, "{unique.name}")'
        for unique in uniques(user)
        for field in [user.field(unique.fields[0])]
    ]
    if not rows:
        return
    body = """
        async with database.reads() as session:
            users = UserRepository(session)
            alice, bob = await users.by_id(ALICE.id), await users.by_id(BOB.id)
        assert alice
        assert bob
        async with database.writes() as session:
            await UserRepository(session).change(alice, {field: value})

        with pytest.raises(IntegrityError) as caught:
            async with database.writes() as session:
                await UserRepository(session).change(bob, {field: value})

        assert violated_constraint(caught.value) == constraint
    """
    table = Table({"field": "str", "value": "Any", "constraint": "str"}, rows)
    yield case("no_two_people_share_what_stands_once", ["database"], body, table)
