"""Nobody does what docs/access.md doesn't let them do, on any route there is.

The rows are Alice's; the callers a visitor, people without a role, and each role alone. What
differs from the page is told all at once.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import text

from app.db.base import Entity
from app.db.database import Database
from app.tests.access import Line, Refers, bodies, lines
from app.tests.conftest import client_of, start_over
from app.tests.kinds import body_of, kind_of, routes_of
from app.tests.people import ALICE, EVERYBODY, Person
from app.tests.scene import Asked, Scene, path_of

LINES = {line.route: line for line in lines()}
BODIES = bodies()
AREAS = {line.area: [each for each in LINES.values() if each.area == line.area] for line in lines()}
EVERY_AREA = pytest.mark.parametrize("area", AREAS)
READERS = {line.area: line for line in LINES.values() if line.method == "GET"}
REFERENCES = [
    refers
    for body in BODIES.values()
    for refers in body.values()
    if refers and refers.path in READERS and (refers.owns or not READERS[refers.path].is_wide)
]
CALLERS = (None, *EVERYBODY)
NEVER_SENT = {"id", "created_at", "updated_at", "deleted_at"}
SELDOM_SENT = {"owner_id", "roles", "role_names", "active", "password_hash", "email_verified_at"}
CONTENTS = text(
    " UNION ALL ".join(
        f"SELECT '{table.name}', to_jsonb(t)::text FROM {table.name} t"
        for table in Entity.metadata.tables.values()
    )
)
Clients = dict[Person | None, AsyncClient]


@pytest.fixture
def clients(app: FastAPI) -> Clients:
    """A client for each caller."""
    return {person: client_of(app, person) for person in CALLERS}


async def contents(database: Database) -> list[tuple[str, str]]:
    """Everything that the database holds."""
    async with database.reads() as session:
        return sorted((table, row) for table, row in await session.execute(CONTENTS))


def told(line: Line, person: Person | None, answer: Response) -> str:
    name = person.name if person else "a visitor"
    return f"{line.route}: {answer.status_code} for {name}"


def test_the_page_names_every_route_and_no_other(app: FastAPI) -> None:
    assert sorted(line.route for line in lines()) == sorted(routes_of(app))


def test_the_page_names_what_each_body_may_hold_and_nothing_else(app: FastAPI) -> None:
    read = {route: body_of(endpoint) for route, endpoint in routes_of(app).items()}
    fields = {route: set(body.model_fields) for route, body in read.items() if body}

    assert {route: set(body) for route, body in BODIES.items()} == {
        route: names for route, names in fields.items() if names
    }


@EVERY_AREA
async def test_who_may_not_is_refused_and_changes_nothing(
    app: FastAPI, database: Database, clients: Clients, area: str
) -> None:
    scene, wrong = Scene(app), []
    for restores in (False, True):
        several = [line for line in AREAS[area] if line.restores == restores]
        asked = {line: await scene.asks(line) for line in several}
        before = await contents(database)

        for line in several:
            for person, client in clients.items():
                if refusal := line.refusal(person, asked[line].row):
                    answer = await asked[line].answer(client, line)
                    if answer.status_code not in refusal:
                        wrong.append(told(line, person, answer))

        assert await contents(database) == before, wrong
    assert wrong == []


@EVERY_AREA
async def test_who_may_is_let_in_and_reads_what_they_may(
    app: FastAPI, clients: Clients, area: str
) -> None:
    scene, wrong = Scene(app), []

    for line in AREAS[area]:
        asked, spent = await scene.asks(line), False
        for person, client in clients.items():
            # To what is everybody's, roles are nothing.
            needless = line.is_wide and person and person.roles
            if needless or line.refusal(person, asked.row):
                continue
            if spent:
                await scene.start_over()
                asked = await scene.asks(line)
            answer = await asked.answer(client, line)
            if not is_right(line, person, asked, answer):
                wrong.append(told(line, person, answer))
            spent = answer.is_success and line.method in {"POST", "DELETE"}
        if spent:
            await scene.start_over()

    assert wrong == []


def is_right(line: Line, person: Person | None, asked: Asked, answer: Response) -> bool:
    """Whether somebody is let in, and a list holds the row that was asked for if it is theirs."""
    if answer.status_code in {401, 403, 404} or answer.status_code >= 500:
        return False
    if not line.is_list or not asked.row or "items" not in answer.json():
        return True
    found = {item["id"] for item in answer.json()["items"]}
    return (str(asked.row["id"]) in found) == line.names(person, asked.row)


async def test_nobody_sends_what_is_not_theirs_to_say(app: FastAPI, clients: Clients) -> None:
    wrong = []
    for route, body in BODIES.items():
        line, kind = LINES[route], kind_of(routes_of(app)[route])
        columns = set(kind.model.__table__.columns.keys()) if kind else set()
        extra = (SELDOM_SENT | columns) - set(body) | NEVER_SENT
        path = path_of(line, dict.fromkeys(re.findall(r"{(\w+)}", line.path), uuid4()))

        for person in reversed(EVERYBODY):
            sent = dict.fromkeys(extra, str(ALICE.id))
            answer = await clients[person].request(line.method, path, json=sent)
            if answer.status_code != 403:
                break

        errors = answer.json().get("errors", [])
        refused = {each["loc"][-1] for each in errors if each["type"] == "extra_forbidden"}
        if refused != extra:
            wrong.append(told(line, person, answer))
    assert wrong == []


async def test_what_somebody_may_not_read_is_none_to_refer_to(
    app: FastAPI, database: Database, clients: Clients
) -> None:
    wrong = []
    for refers in REFERENCES:
        await start_over(app)
        theirs = (await Scene(app).asks(READERS[refers.path])).row
        for person in EVERYBODY:
            if person is ALICE or not LINES[refers.route].may_name(person):
                continue
            asked = await Scene(app, person).asks(LINES[refers.route])
            before = await contents(database)
            if not await is_refused(clients[person], person, refers, asked, theirs):
                wrong.append(f"{refers.route}: {refers.field} for {person.name}")
            elif await contents(database) != before:
                wrong.append(f"{refers.route}: {refers.field} is refused, and something changes")
    assert wrong == []


async def is_refused(
    client: AsyncClient, person: Person, refers: Refers, asked: Asked, theirs: Mapping[str, Any]
) -> bool:
    """Whether a row of Alice's is as good as missing, or no place to put one's own rows below."""
    line = LINES[refers.route]
    reads = READERS[refers.path].names(person, theirs)
    if reads and (not refers.owns or line.names(person, asked.row)):
        return True
    answer = await asked.naming(refers, theirs["id"]).answer(client, line)
    if reads:
        return answer.status_code in {403, 404, 409}
    missing = await asked.naming(refers, uuid4()).answer(client, line)
    return answer.status_code in {403, 404, 409} and error_of(answer) == error_of(missing)


def error_of(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
