"""Writes the tests of a resource as people meet it: through its routes, on a real database."""

from collections.abc import Iterator

from backsmith.design.model import Design, Operation, Resource
from backsmith.render.access_tests import access_tests
from backsmith.render.capacity import one_each
from backsmith.render.condition_tests import condition_tests
from backsmith.render.errors import in_use, not_found, not_restorable, refused, taken
from backsmith.render.hidden_link_tests import hidden_link_tests
from backsmith.render.hidden_tests import hidden_tests
from backsmith.render.hiding import softly_deletes
from backsmith.render.hiding_queries import uses_to_look_for
from backsmith.render.itself_tests import itself_tests
from backsmith.render.link_tests import link_tests
from backsmith.render.list_tests import list_tests
from backsmith.render.me_tests import me_tests
from backsmith.render.missing_errors import itself, missing
from backsmith.render.parent_tests import parent_tests
from backsmith.render.reference_tests import deletion_tests, reference_tests
from backsmith.render.restore_tests import restore_tests
from backsmith.render.row_tests import row_tests
from backsmith.render.script import Script, sample_name
from backsmith.render.unique_tests import unique_tests
from backsmith.render.visibility_tests import visibility_tests

IMPORTS = """\
import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.core.errors import AppError, Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.db.rows import EVERY
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.queries import counted, stored
from app.tests.samples import NO_ID
"""


def endpoint_tests(design: Design, resource: Resource) -> str:
    """The module that holds a resource's endpoint tests."""
    script = Script.of(design, resource)
    sections = {
        "Who may do what": access_tests(script),
        "What rights ask of a row": condition_tests(script),
        "Create, show, change, delete": [
            *row_tests(script),
            *me_tests(script),
            *visibility_tests(script),
            *restore_tests(script),
        ],
        "Beside other rows": [
            *unique_tests(script),
            *reference_tests(script),
            *itself_tests(script),
            *parent_tests(script),
            *link_tests(script),
            *deletion_tests(script),
            *hidden_tests(script),
            *hidden_link_tests(script),
        ],
        "Lists" if script.offers(Operation.LIST) else "Costs": list_tests(script),
    }
    told = [(title, list(cases)) for title, cases in sections.items()]
    cases = "\n\n\n".join(
        part for title, cases in told if cases for part in (f"# {title}.", *cases)
    )
    at = [_at(script)] if "at(" in cases else []
    return "\n\n\n".join(["\n".join(_head(script, cases)), *at, cases]) + "\n"


def _head(script: Script, cases: str) -> Iterator[str]:
    design, resource = script.design, script.resource
    names = resource.names
    errors = [not_found(resource), refused(resource), *taken(resource)]
    errors += [*missing(design, resource), *itself(design, resource), *in_use(design, resource)]
    errors += not_restorable(design, resource)
    people = ["ALICE", "BOB", "ADMIN", "EVERYBODY", *(role.upper() for role in design.roles)]
    yield IMPORTS.rstrip()
    yield f"from app.models import {resource.name}"
    payloads = f"{resource.name}Create, {resource.name}Update"
    yield f"from app.schemas.{names.stem} import {payloads}"
    listed = ", ".join(error.name for error in errors)
    yield f"from app.services.{names.stem} import {listed}"
    yield f"from app.tests.people import {', '.join(people)}"
    if softly_deletes(design):
        yield "from app.tests.waiting import until_somebody_waits"
    for use in uses_to_look_for(design, resource):
        yield f"from app.services.{use.of.names.stem} import {use.error.name}"
    for other in design.resources:
        yield _samples(other)
        yield f"from app.repositories.{other.names.stem} import {other.name}Repository"
    yield ""
    yield f'{script.paths} = "/api/v1/{names.path}"'
    if "NOWHERE" in cases:
        yield f'NOWHERE = f"{{{script.paths}}}/{{NO_ID}}"'


def _samples(resource: Resource) -> str:
    stem = resource.names.stem
    names = [sample_name(resource), f"add_{stem}", *([f"the_{stem}"] if one_each(resource) else [])]
    return f"from app.tests.samples.{stem} import {', '.join(names)}"


def _at(script: Script) -> str:
    one = script.one
    return (
        f"def at({one}: {script.resource.name}) -> str:\n"
        f'    return f"{{{script.paths}}}/{{{one}.id}}"'
    )
