"""A request that creates may have a key: sent again, it creates nothing more."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select, text

from app.api.openapi.document import document_of
from app.api.route import Route
from app.api.v1.dependencies import Session, SignedIn
from app.core.config import Settings
from app.core.replay import KeyedRequest
from app.db.database import Database
from app.models import IdempotencyKey
from app.repositories.idempotency_key import IdempotencyKeyRepository
from app.services import idempotency
from app.services.idempotency import IdempotencyKeyReused, RequestInFlight
from app.tests import notes
from app.tests.answers import assert_invalid, assert_problem
from app.tests.apps import running
from app.tests.notes import Note, NoteTaken, add_note, forget_notes, notes_in, titles
from app.tests.people import ALICE
from app.tests.queries import counted

KEY = {"Idempotency-Key": "3f2a-4711"}
MILK, BREAD = {"title": "Milk"}, {"title": "Bread"}

router = APIRouter(prefix="/others", route_class=Route)


@router.post("", status_code=201)
async def create_other(_: SignedIn, session: Session, data: notes.NoteCreate) -> str:
    """Create a note by another route, unless there is one of this title."""
    if await session.scalar(select(Note.id).where(Note.title == data.title)):
        raise NoteTaken
    session.add(Note(title=data.title))
    return data.title


@pytest.fixture(scope="module")
async def whole_app(settings: Settings) -> AsyncIterator[FastAPI]:
    async with running(settings, router, notes.router) as app, notes_in(app.state.database):
        yield app


@pytest.fixture(autouse=True)
async def no_notes(database: Database) -> None:
    await forget_notes(database)


async def kept(database: Database) -> int:
    async with database.reads() as session:
        return await session.scalar(select(func.count()).select_from(IdempotencyKey)) or 0


async def expire(database: Database) -> None:
    async with database.apart() as session:
        await session.execute(text("UPDATE idempotency_keys SET expires_at = now()"))


# The same request.


async def test_it_is_answered_again_byte_for_byte_and_creates_nothing(
    alice: AsyncClient, database: Database
) -> None:
    first = await alice.post("/notes", json=MILK, headers=KEY)
    again = await alice.post("/notes", json=MILK, headers=KEY)

    assert [first.status_code, again.status_code] == [201, 201]
    assert again.content == first.content
    for name in ("Location", "Content-Type", "Content-Length"):
        assert again.headers[name] == first.headers[name]
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    assert await titles(database) == ["Milk"]


async def test_without_a_key_it_is_another_one(alice: AsyncClient, database: Database) -> None:
    for _ in range(2):
        assert (await alice.post("/notes", json=MILK)).status_code == 201

    assert await titles(database) == ["Milk", "Milk"]
    assert await kept(database) == 0


async def test_a_key_may_stand_in_quotes(alice: AsyncClient, database: Database) -> None:
    quoted = {"Idempotency-Key": '"3f2a-4711"'}

    await alice.post("/notes", json=MILK, headers=KEY)
    again = await alice.post("/notes", json=MILK, headers=quoted)

    assert again.headers["Idempotent-Replayed"] == "true"
    assert await titles(database) == ["Milk"]


async def test_twenty_at_once_create_one(alice: AsyncClient, database: Database) -> None:
    answers = await asyncio.gather(
        *(alice.post("/notes", json=MILK, headers=KEY) for _ in range(20))
    )

    created = {answer.content for answer in answers if answer.status_code == 201}
    assert len(created) == 1
    for answer in answers:
        if answer.status_code != 201:
            assert_problem(answer, RequestInFlight)
    assert await titles(database) == ["Milk"]


async def test_who_comes_while_it_is_answered_is_told_so(
    alice: AsyncClient, database: Database
) -> None:
    sent = KeyedRequest(ALICE.id, "create_note", KEY["Idempotency-Key"], b"")

    async with database.writes() as session:
        assert await IdempotencyKeyRepository(session).hold(sent)
        assert_problem(await alice.post("/notes", json=MILK, headers=KEY), RequestInFlight)

    assert (await alice.post("/notes", json=MILK, headers=KEY)).status_code == 201
    assert await titles(database) == ["Milk"]


# Another request.


@pytest.mark.parametrize(("query", "body"), [("", BREAD), ("?stars=3", MILK)])
async def test_a_key_is_for_one_request(
    alice: AsyncClient, database: Database, query: str, body: dict[str, str]
) -> None:
    await alice.post("/notes", json=MILK, headers=KEY)

    assert_problem(await alice.post(f"/notes{query}", json=body, headers=KEY), IdempotencyKeyReused)
    assert await titles(database) == ["Milk"]


async def test_people_have_keys_of_their_own(
    alice: AsyncClient, bob: AsyncClient, database: Database
) -> None:
    for person in (alice, bob):
        answer = await person.post("/notes", json=MILK, headers=KEY)
        assert "Idempotent-Replayed" not in answer.headers

    assert await titles(database) == ["Milk", "Milk"]


async def test_routes_have_keys_of_their_own(alice: AsyncClient, database: Database) -> None:
    await alice.post("/notes", json=MILK, headers=KEY)
    answer = await alice.post("/others", json=BREAD, headers=KEY)

    assert answer.status_code == 201
    assert await titles(database) == ["Milk", "Bread"]


async def test_after_a_day_a_key_is_new(alice: AsyncClient, database: Database) -> None:
    await alice.post("/notes", json=MILK, headers=KEY)
    async with database.reads() as session:
        (life,) = await session.scalars(
            select(IdempotencyKey.expires_at - IdempotencyKey.created_at)
        )
    assert life == idempotency.LIFE
    await expire(database)

    answer = await alice.post("/notes", json=BREAD, headers=KEY)
    again = await alice.post("/notes", json=BREAD, headers=KEY)

    assert "Idempotent-Replayed" not in answer.headers
    assert again.content == answer.content
    assert await titles(database) == ["Milk", "Bread"]


# What is kept.


async def test_a_refusal_is_not_kept(alice: AsyncClient, database: Database) -> None:
    taken = await add_note(database, "Milk")
    assert_problem(await alice.post("/others", json=MILK, headers=KEY), NoteTaken)
    assert_invalid(await alice.post("/others", json={}, headers=KEY), "title")
    assert await kept(database) == 0

    await alice.delete(f"/notes/{taken.id}")

    assert (await alice.post("/others", json=MILK, headers=KEY)).status_code == 201


async def test_an_answer_is_kept_with_what_it_tells_of_or_not_at_all(
    alice: AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> None:
        raise NoteTaken

    with monkeypatch.context() as broken:
        broken.setattr(idempotency.IdempotencyService, "keep", fail)
        assert_problem(await alice.post("/notes", json=MILK, headers=KEY), NoteTaken)

    assert await titles(database) == []
    assert (await alice.post("/notes", json=MILK, headers=KEY)).status_code == 201


async def test_what_creates_nothing_has_no_key(alice: AsyncClient, database: Database) -> None:
    note = await add_note(database)

    for stars in (1, 2):
        rated = await alice.patch(f"/notes/{note.id}?stars={stars}", headers=KEY)
        assert rated.status_code == 204
    assert (await alice.get("/notes", headers=KEY)).status_code == 200
    assert await kept(database) == 0


async def test_a_key_costs_nothing_where_there_is_none(
    alice: AsyncClient, database: Database
) -> None:
    with counted(database) as statements:
        await alice.post("/notes", json=MILK)

    assert not [each for each in statements if "idempotency" in each or "advisory" in each]


@pytest.mark.parametrize(("odds", "left"), [(0, 2), (1, 1)])
async def test_what_has_expired_is_swept(
    alice: AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch, odds: int, left: int
) -> None:
    monkeypatch.setattr(idempotency, "SWEPT", 0)
    await alice.post("/notes", json=MILK, headers=KEY)
    await expire(database)

    monkeypatch.setattr(idempotency, "SWEPT", odds)
    await alice.post("/notes", json=MILK, headers={"Idempotency-Key": "another-one"})

    assert await kept(database) == left


async def test_keys_go_with_their_person(alice: AsyncClient, database: Database) -> None:
    await alice.post("/notes", json=MILK, headers=KEY)

    async with database.apart() as session:
        await session.execute(text("DELETE FROM users WHERE id = :id"), {"id": ALICE.id})

    assert await kept(database) == 0


# What is no key.


@pytest.mark.parametrize(
    "keys",
    [
        ["short"],
        ["x" * 129],
        ['"3f2a-4711'],
        ["3f2a 4711"],
        ["3f2a\x004711"],
        ["b\u00fccher-4711"],
        [""],
        ["3f2a-4711", "3f2a-4711"],
    ],
    ids=["short", "long", "half", "space", "nul", "umlaut", "empty", "twice"],
)
async def test_what_is_no_key_is_refused(
    alice: AsyncClient, database: Database, keys: list[str]
) -> None:
    headers = [(b"Idempotency-Key", key.encode()) for key in keys]

    refused = await alice.post("/notes", json=MILK, headers=headers)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["loc"] == ["header", "Idempotency-Key"]
    assert await titles(database) == []


def test_the_document_says_what_may_have_a_key(app: FastAPI) -> None:
    paths = document_of(app)["paths"]
    create = paths["/notes"]["post"]

    (parameter,) = [each for each in create["parameters"] if each["in"] == "header"]
    assert parameter["name"] == "Idempotency-Key"
    assert not parameter["required"]
    assert "Idempotent-Replayed" in create["responses"]["201"]["headers"]
    codes = {
        code
        for response in create["responses"].values()
        for code in response.get("content", {}).get("application/json", {}).get("examples", {})
    }
    assert codes >= {"REQUEST_IN_FLIGHT", "IDEMPOTENCY_KEY_REUSED"}
    for other in (paths["/notes"]["get"], paths["/api/v1/auth/login"]["post"]):
        assert "Idempotency-Key" not in str(other)
