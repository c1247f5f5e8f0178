"""Who calls is known before anything else of a request is looked at."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import update
from starlette.middleware import Middleware

from app.api.errors import add_error_handlers
from app.api.middleware.request_id import RequestId
from app.api.public import PUBLIC
from app.api.route import Route
from app.api.v1.dependencies import Anyone, SignedIn
from app.core.actor import Role
from app.core.config import Settings
from app.core.errors import Forbidden, Unauthenticated
from app.core.security.tokens import TokenInvalid
from app.db.database import Database
from app.models import User
from app.schemas.base import Payload
from app.tests.answers import assert_invalid, assert_problem
from app.tests.apps import running
from app.tests.people import ALICE

router = APIRouter(route_class=Route)


class Word(Payload):
    """Something to send."""

    word: int


@router.post("/closed/{number}")
async def closed(_: SignedIn, number: int, data: Word, flag: bool = False) -> None:
    """Take something from somebody."""


@router.post("/open", name=PUBLIC[0])
async def for_everybody(data: Word) -> None:
    """Take something from anybody."""


@router.get("/who", name=PUBLIC[1])
async def who(actor: Anyone) -> str | None:
    """Say who calls."""
    return str(actor.id) if actor else None


@router.get("/for-admins")
async def for_admins(actor: SignedIn) -> None:
    """Open for administrators."""
    actor.require(Role.ADMIN)


@pytest.fixture(scope="module")
async def whole_app(settings: Settings) -> AsyncIterator[FastAPI]:
    async with running(settings, router) as app:
        yield app


@pytest.fixture
def token(alice: AsyncClient) -> str:
    return alice.headers["Authorization"].removeprefix("Bearer ")


# Who calls comes first.


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {"word": 1}},
        {"content": "{", "headers": {"Content-Type": "application/json"}},
        {"content": "word=1", "headers": {"Content-Type": "text/plain"}},
        {"json": {"word": "not a number"}},
        {"params": {"flag": "perhaps"}},
        {"params": {"flag": ["true", "false"]}},
        {"params": {"access_token": "token"}},
    ],
    ids=["fine", "not JSON", "not of the type", "not valid", "flag", "flag twice", "in the query"],
)
@pytest.mark.parametrize("number", ["1", "one"])
async def test_a_visitor_is_asked_to_sign_in_whatever_else_is_wrong(
    visitor: AsyncClient, request_: dict[str, Any], number: str
) -> None:
    answer = await visitor.post(f"/closed/{number}", **request_)

    assert_problem(answer, Unauthenticated)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_the_body_of_a_visitor_is_not_even_read(app: FastAPI) -> None:
    # Without the middleware that, for politeness, lets a refused caller finish.
    bare = FastAPI(middleware=[Middleware(RequestId)])
    bare.state = app.state
    bare.include_router(router)
    add_error_handlers(bare)
    read: list[bytes] = []

    async def body() -> AsyncIterator[bytes]:
        for part in (b'{"word"', b": 1}"):
            read.append(part)
            yield part

    async with AsyncClient(transport=ASGITransport(bare), base_url="http://test") as client:
        json = {"Content-Type": "application/json"}
        assert_problem(
            await client.post("/closed/1", content=body(), headers=json), Unauthenticated
        )
        assert read == []
        assert (await client.post("/open", content=body(), headers=json)).status_code == 200
        assert len(read) == 2


async def test_somebody_who_is_signed_in_is_told_what_else_is_wrong(alice: AsyncClient) -> None:
    assert (await alice.post("/closed/1", json={"word": 1})).status_code == 200
    assert_invalid(await alice.post("/closed/one", json={"word": "one"}), "number", "word")
    twice = {"flag": ["true", "false"]}
    assert_invalid(await alice.post("/closed/1", json={"word": 1}, params=twice), "flag")


# How a token is handed over.


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER  "])
async def test_a_token_says_who_calls(visitor: AsyncClient, token: str, scheme: str) -> None:
    answer = await visitor.get("/who", headers={"Authorization": scheme + token})

    assert answer.json() == str(ALICE.id)


BAD = ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "Token {token}", "{token}"]


@pytest.mark.parametrize("given", BAD)
async def test_a_token_that_is_there_and_bad_is_refused(
    visitor: AsyncClient, token: str, given: str
) -> None:
    headers = {"Authorization": given.format(token=token)}

    for answer in (
        await visitor.post("/closed/1", json={"word": 1}, headers=headers),
        await visitor.get("/who", headers=headers),
    ):
        assert_problem(answer, TokenInvalid)
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize("first", [True, False])
async def test_nobody_calls_with_two_tokens(visitor: AsyncClient, token: str, first: bool) -> None:
    pair = [("Authorization", f"Bearer {token}"), ("Authorization", "Bearer nonsense")]
    headers = pair if first else pair[::-1]

    assert_problem(await visitor.get("/who", headers=headers), TokenInvalid)
    assert_problem(await visitor.get("/who", headers=[pair[0], pair[0]]), TokenInvalid)


async def test_a_token_is_taken_from_its_header_alone(visitor: AsyncClient, token: str) -> None:
    places: list[dict[str, Any]] = [
        {"params": {"access_token": token}},
        {"params": {"token": token}},
        {"headers": {"Cookie": f"access_token={token}"}},
        {"headers": {"X-Access-Token": token}},
    ]
    for elsewhere in places:
        answer = await visitor.get("/who", **elsewhere)
        assert (answer.status_code, answer.json()) == (200, None)


@pytest.mark.parametrize("given", BAD)
async def test_a_route_that_does_not_ask_who_calls_ignores_what_is_said(
    visitor: AsyncClient, given: str
) -> None:
    answer = await visitor.post("/open", json={"word": 1}, headers={"Authorization": given})

    assert answer.status_code == 200


async def test_a_visitor_is_welcome_where_anyone_is(visitor: AsyncClient) -> None:
    answer = await visitor.get("/who")

    assert (answer.status_code, answer.json()) == (200, None)


# What somebody may do is asked anew each time.


async def test_a_role_is_given_and_taken_at_once(
    alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    async def give(*roles: str) -> None:
        async with database.apart() as session:
            await session.execute(update(User).values(role_names=list(roles)))

    assert_problem(await alice.get("/for-admins"), Forbidden)
    assert (await admin.get("/for-admins")).status_code == 200

    await give(Role.ADMIN, "a role of another version")
    assert (await alice.get("/for-admins")).status_code == 200

    await give("administrator", "Admin")
    assert_problem(await alice.get("/for-admins"), Forbidden)
    assert_problem(await admin.get("/for-admins"), Forbidden)
