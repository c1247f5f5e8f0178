"""Nobody does what docs/access.md doesn't let them do, on any route there is.

The rows are Alice's; the callers a visitor, people without a role, and each role alone.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import func, text, update

from app.db.base import Entity
from app.db.database import Database
from app.tests.access import Line, lines
from app.tests.conftest import client_of
from app.tests.people import ALICE, EVERYBODY, Person

LINES = lines()
NAMES = [f"{line.method} {line.path}" for line in LINES]
EVERY_LINE = pytest.mark.parametrize("line", LINES, ids=NAMES)
LISTS = [line for line in LINES if line.is_list]
EVERY_LIST = pytest.mark.parametrize("line", LISTS, ids=[line.path for line in LISTS])
WRITES = [line for line in LINES if line.method in {"POST", "PATCH", "PUT"}]
EVERY_WRITE = pytest.mark.parametrize(
    "line", WRITES, ids=[f"{line.method} {line.path}" for line in WRITES]
)
FOR_DEVELOPERS = {"/docs", "/docs/{name}", "/openapi.json"}
"""What settings take away; not a word in it is anybody's own."""
TAKES_A_TOKEN = "/api/v1/auth/logout"
CALLERS = (None, *EVERYBODY)
NEVER_SENT = {"id", "created_at", "updated_at", "deleted_at"}
SELDOM_SENT = {"owner_id", "roles", "role_names", "active", "password_hash", "email_verified_at"}
CONTENTS = text(
    " UNION ALL ".join(
        f"SELECT '{table.name}', to_jsonb(t)::text FROM {table.name} t"
        for table in Entity.metadata.tables.values()
    )
)


@dataclass(frozen=True, slots=True)
class Try:
    """What is asked of a route, for a row of Alice's, or what is to become one."""

    path: str
    body: dict[str, Any]
    row: Mapping[str, Any] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()


async def contents(database: Database) -> list[tuple[str, str]]:
    """Everything that the database holds."""
    async with database.reads() as session:
        return sorted((table, row) for table, row in await session.execute(CONTENTS))


def routes_of(app: FastAPI) -> dict[str, str]:
    """The names of all routes, by method and path."""
    return {
        f"{method} {route.path}": route.name or ""
        for route in iter_route_contexts(app.routes)
        if route.path not in FOR_DEVELOPERS
        for method in (route.methods or set()) - {"HEAD"}
    }


def samples_of(app: FastAPI, line: Line) -> Mapping[str, Callable[..., Any]] | None:
    """What makes rows of the resource that a route is about, if it is one of the design's."""
    root = line.path.split("/{")[0]
    for route, name in routes_of(app).items():
        made = re.fullmatch(r"(?:create|get|update|delete|restore)_(\w+)", name)
        if made and route.split()[1].split("/{")[0] == root:
            module = f"app.tests.samples.{made[1]}"
            if find_spec(module):
                return vars(import_module(module)) | {"stem": made[1]}
    return None


async def prepared(app: FastAPI, line: Line) -> Try:
    """Have all that a route asks for."""
    path = line.path.replace("{user_id}", str(ALICE.id)).replace("{session_id}", str(ALICE.session))
    database, samples = app.state.database, samples_of(app, line)
    if samples is None:
        return Try(path, {})
    add = samples[f"add_{samples['stem']}"]
    model = add.__annotations__["return"]
    columns = frozenset(model.__table__.columns.keys())
    if line.method == "POST" and "{" not in line.path:
        body = await body_of(database, samples)
        return Try(path, body, body, columns)
    row = await add(database)
    if path.endswith("/restore"):
        async with database.apart() as session:
            deleted = update(model).where(model.id == row.id).values(deleted_at=func.now())
            await session.execute(deleted)
    return Try(re.sub(r"{\w+}", str(row.id), path), {}, vars(row), columns)


async def body_of(database: Database, samples: Mapping[str, Any]) -> dict[str, Any]:
    """What Alice would send to create a row."""
    make = next(
        value
        for name, value in samples.items()
        if name.startswith(("a_", "an_")) and value.__module__ == samples["__name__"]
    )
    made = make(database) if inspect.iscoroutinefunction(make) else make()
    body: dict[str, Any] = await made if inspect.isawaitable(made) else made
    return body


async def status_for(app: FastAPI, person: Person | None, line: Line, asked: Try) -> int:
    async with client_of(app, person) as client:
        answer = await client.request(line.method, asked.path, json=asked.body)
    return answer.status_code


def test_the_page_names_every_route_and_no_other(app: FastAPI) -> None:
    assert sorted(NAMES) == sorted(routes_of(app))


@EVERY_LINE
async def test_who_may_not_is_refused_and_changes_nothing(
    app: FastAPI, database: Database, line: Line
) -> None:
    asked = await prepared(app, line)
    before = await contents(database)

    for person in CALLERS:
        if refusal := line.refusal(person, asked.row):
            assert await status_for(app, person, line, asked) in refusal, person

    assert await contents(database) == before


@EVERY_LINE
async def test_who_may_is_let_in(app: FastAPI, line: Line) -> None:
    asked = await prepared(app, line)

    for person in CALLERS:
        if line.path == TAKES_A_TOKEN and person is None:
            continue
        if not line.refusal(person, asked.row):
            assert await status_for(app, person, line, asked) not in {401, 403, 404}, person
            if line.method == "DELETE" or asked.path.endswith("/restore"):
                break


@EVERY_LIST
async def test_a_list_holds_what_its_caller_may_read(app: FastAPI, line: Line) -> None:
    asked = await prepared(app, line)
    if "id" not in asked.row:
        return

    for person in CALLERS:
        if not line.refusal(person, asked.row):
            async with client_of(app, person) as client:
                items = (await client.get(asked.path)).json()["items"]
            found = str(asked.row["id"]) in {item["id"] for item in items}
            assert found == line.names(person, asked.row), person


@EVERY_WRITE
async def test_nobody_sends_what_is_not_theirs_to_say(
    app: FastAPI, database: Database, line: Line
) -> None:
    schema = schema_of(app, line)
    if schema is None:
        return
    asked = await prepared(app, line)
    extra = (SELDOM_SENT | asked.columns) - set(schema["properties"]) | NEVER_SENT
    body = asked.body | dict.fromkeys(extra, str(ALICE.id))
    before = await contents(database)

    for person in reversed(CALLERS):
        if not line.refusal(person, asked.row):
            async with client_of(app, person) as client:
                answer = await client.request(line.method, asked.path, json=body)
            assert answer.status_code == 422, person
            refused = {
                tuple(each["loc"])
                for each in answer.json()["errors"]
                if each["type"] == "extra_forbidden"
            }
            assert refused >= {("body", name) for name in extra}
            break

    assert await contents(database) == before


def schema_of(app: FastAPI, line: Line) -> dict[str, Any] | None:
    """What a route's body is, if it takes JSON."""
    described = app.openapi()
    body = described["paths"][line.path][line.method.lower()].get("requestBody", {})
    content = body.get("content", {}).get("application/json")
    if content is None:
        return None
    # A body that may be left out is described as one of two.
    either, *_ = content["schema"].get("anyOf", [content["schema"]])
    schema: dict[str, Any] = described["components"]["schemas"][either["$ref"].rsplit("/", 1)[1]]
    return schema
