"""A server outside whose tokens are taken, and what its bad days cost."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import get_args
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import delete, func, select, update

from app.api.errors import NoSuchPage
from app.api.openapi.document import document_of
from app.core import channel
from app.core.config import Settings
from app.core.security.key_ring import IssuerUnavailable
from app.core.security.tokens import TokenInvalid
from app.core.settings import Algorithm
from app.db.database import Database
from app.models import User, UserIdentity
from app.repositories.user import UserRepository
from app.services.user_identity import AccountLinkRequired
from app.tests.answers import assert_problem
from app.tests.apps import running
from app.tests.conftest import client_of
from app.tests.fake_issuer import FakeIssuer, Fault, Signer, caller, issuing, trusting
from app.tests.people import ALICE, BOB, EVERYBODY
from app.tests.queries import counted
from app.tests.test_core.test_channel import until

ME = "/api/v1/users/me"
pytestmark = pytest.mark.thorough


@pytest.fixture
async def issuer() -> AsyncIterator[FakeIssuer]:
    async with issuing() as issuer:
        yield issuer


@pytest.fixture
async def trusting_app(
    app: FastAPI, issuer: FakeIssuer, settings: Settings
) -> AsyncIterator[FastAPI]:
    async with trusting(settings, issuer.settings()) as trusting_app:
        yield trusting_app


async def me(app: FastAPI, token: str) -> Response:
    async with caller(app, token) as client:
        return await client.get(ME)


async def count_people(database: Database) -> int | None:
    async with database.reads() as session:
        return await session.scalar(select(func.count(User.id)))


# Who somebody is.


@pytest.mark.parametrize("algorithm", get_args(Algorithm))
async def test_a_token_of_each_algorithm_opens_an_account(
    app: FastAPI, settings: Settings, algorithm: Algorithm
) -> None:
    async with issuing(algorithm) as issuer, trusting(settings, issuer.settings()) as trusting_app:
        first, second = [await me(trusting_app, issuer.token()) for _ in range(2)]

    assert first.status_code == 200
    assert first.json() == second.json()
    assert (first.json()["email"], first.json()["roles"]) == (None, [])


async def test_a_person_is_one_however_many_requests_come_first(
    trusting_app: FastAPI, issuer: FakeIssuer, database: Database
) -> None:
    answers = await asyncio.gather(*(me(trusting_app, issuer.token()) for _ in range(20)))

    assert [answer.status_code for answer in answers] == [200] * 20
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await count_people(database) == len(EVERYBODY) + 1


async def test_people_who_sign_in_here_are_let_in_beside(
    trusting_app: FastAPI, issuer: FakeIssuer
) -> None:
    issuer.fault = Fault.DOWN

    async with client_of(trusting_app, ALICE) as alice:
        assert (await alice.get(ME)).status_code == 200


@pytest.mark.parametrize(
    ("email", "verified"),
    [(ALICE.email, True), ("Alice@Example.com", True), (ALICE.email, False), (ALICE.email, None)],
)
async def test_an_account_is_never_given_away_for_its_address(
    trusting_app: FastAPI, issuer: FakeIssuer, database: Database, email: str, verified: object
) -> None:
    token = issuer.token(email=email, email_verified=verified)

    assert_problem(await me(trusting_app, token), AccountLinkRequired)

    async with database.reads() as session:
        assert await session.scalar(select(func.count(UserIdentity.id))) == 0
    assert await count_people(database) == len(EVERYBODY)


async def test_an_account_is_linked_by_its_address_where_the_settings_say_so(
    app: FastAPI, settings: Settings, issuer: FakeIssuer, database: Database
) -> None:
    async with trusting(settings, issuer.settings(link_by_email=True)) as linking:
        unverified = issuer.token(email=ALICE.email, email_verified=False)
        assert_problem(await me(linking, unverified), AccountLinkRequired)

        verified = issuer.token(email=ALICE.email, email_verified=True)
        assert (await me(linking, verified)).json()["id"] == str(ALICE.id)
        assert (await me(linking, unverified)).json()["id"] == str(ALICE.id)

        # Whoever signed up with an address has yet to show that it is theirs.
        async with database.apart() as session:
            await session.execute(update(User).values(email_verified_at=None))
        bobs = issuer.token(sub="2", email=BOB.email, email_verified=True)
        assert_problem(await me(linking, bobs), AccountLinkRequired)


async def test_a_verified_address_is_taken_over_and_another_is_not(
    trusting_app: FastAPI, issuer: FakeIssuer
) -> None:
    carol = issuer.token(sub="1", email="Carol@Example.com", emailVerified=True)
    mallory = issuer.token(sub="2", email="dora@example.com", email_verified=False)
    dora = issuer.token(sub="3", email="dora@example.com", email_verified=True)

    found = [(await me(trusting_app, token)).json()["email"] for token in (carol, mallory, dora)]
    assert found == ["carol@example.com", None, "dora@example.com"]


@pytest.mark.parametrize("email", ["carol@example.com", "no address", 1, "\x00@example.com", {}])
async def test_an_address_that_nobody_has_is_no_hindrance(
    trusting_app: FastAPI, issuer: FakeIssuer, email: object
) -> None:
    assert (await me(trusting_app, issuer.token(email=email))).status_code == 200


async def test_roles_are_those_that_are_stored_here(
    trusting_app: FastAPI, issuer: FakeIssuer, database: Database
) -> None:
    token = issuer.token(roles=["admin"], role="admin", scope="admin")
    assert (await me(trusting_app, token)).json()["roles"] == []

    async with database.apart() as session:
        await session.execute(update(User).values(role_names=["admin"]))
    assert (await me(trusting_app, token)).json()["roles"] == ["admin"]


async def test_whoever_may_not_sign_in_may_not_from_outside_either(
    trusting_app: FastAPI, issuer: FakeIssuer, database: Database
) -> None:
    await me(trusting_app, issuer.token())
    async with database.apart() as session:
        await session.execute(update(User).values(active=False))

    assert_problem(await me(trusting_app, issuer.token()), TokenInvalid)


@pytest.mark.parametrize("by_hand", [True, False])
async def test_nobody_who_was_deleted_comes_back_by_an_old_token(
    trusting_app: FastAPI, issuer: FakeIssuer, database: Database, by_hand: bool
) -> None:
    user_id = (await me(trusting_app, issuer.token())).json()["id"]
    async with database.apart() as session:
        if by_hand:
            await session.execute(delete(User).where(User.id == user_id))
        else:
            [carol] = await session.scalars(select(User).where(User.id == user_id))
            await UserRepository(session).remove(carol)

    for _ in range(2):
        assert_problem(await me(trusting_app, issuer.token()), TokenInvalid)
    assert await count_people(database) == len(EVERYBODY)

    async with database.apart() as session:
        ended_at = UserIdentity.ended_at - func.make_interval(0, 0, 0, 1, 1)
        await session.execute(update(UserIdentity).values(ended_at=ended_at))
    answer = await me(trusting_app, issuer.token())
    assert answer.status_code == (401 if by_hand else 200)
    assert answer.json().get("id") != user_id


async def test_whoever_is_known_costs_no_statement_until_something_changes(
    app: FastAPI, settings: Settings, issuer: FakeIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "TRUSTED_FOR", 5.0)
    tokens = settings.tokens.model_copy(update={"known_seconds": 30})
    remembering = settings.model_copy(update={"tokens": tokens})
    async with trusting(remembering, issuer.settings()) as trusting_app:
        await until(lambda: trusting_app.state.directory._channel.sound)
        token = issuer.token()
        user_id = (await me(trusting_app, token)).json()["id"]

        with counted(trusting_app.state.database) as statements:
            assert (await me(trusting_app, token)).status_code == 200
        # What the endpoint itself shows.
        assert len(statements) == 1

        async with trusting_app.state.database.apart() as session:
            users = UserRepository(session)
            user = await users.by_id(UUID(user_id))
            assert user
            await users.change(user, {"active": False})
        assert_problem(await me(trusting_app, token), TokenInvalid)


# Keys come and go.


async def test_a_new_key_is_taken_at_once(trusting_app: FastAPI, issuer: FakeIssuer) -> None:
    await me(trusting_app, issuer.token())
    issuer.rotate()
    started = time.monotonic()

    assert (await me(trusting_app, issuer.token())).status_code == 200
    assert time.monotonic() - started < 1


async def test_a_thousand_made_up_keys_cost_the_issuer_next_to_nothing(
    trusting_app: FastAPI, issuer: FakeIssuer
) -> None:
    started = time.monotonic()
    for _ in range(1000):
        with pytest.raises(TokenInvalid):
            await trusting_app.state.issuers.read(issuer.token(None, {"kid": uuid4().hex}))

    assert issuer.hits <= 2 + (time.monotonic() - started) / 10


@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.GARBAGE, Fault.EMPTY, Fault.HUGE])
async def test_known_keys_hold_while_the_issuer_fails(
    trusting_app: FastAPI, issuer: FakeIssuer, fault: Fault
) -> None:
    assert (await me(trusting_app, issuer.token())).status_code == 200
    issuer.fault = fault

    unknown = await me(trusting_app, issuer.token(Signer("EdDSA")))

    assert_problem(unknown, IssuerUnavailable)
    assert unknown.headers["retry-after"] == "5"
    assert (await me(trusting_app, issuer.token())).status_code == 200
    assert issuer.hits == 2


async def test_before_any_key_is_known_nobody_is_judged(
    app: FastAPI, settings: Settings, issuer: FakeIssuer
) -> None:
    issuer.fault = Fault.DOWN
    async with trusting(settings, issuer.settings()) as cold:
        assert_problem(await me(cold, issuer.token()), IssuerUnavailable)
        async with client_of(cold, ALICE) as alice:
            assert (await alice.get(ME)).status_code == 200
            assert (await alice.get("/readiness")).status_code == 200

        issuer.fault = None
        await asyncio.sleep(0.6)
        assert (await me(cold, issuer.token())).status_code == 200


async def test_a_slow_issuer_makes_nobody_else_wait(
    trusting_app: FastAPI, issuer: FakeIssuer
) -> None:
    token = issuer.token()
    await me(trusting_app, token)
    issuer.fault = Fault.SLOW
    waiting = asyncio.create_task(me(trusting_app, issuer.token(Signer("EdDSA"))))
    await asyncio.sleep(0.05)

    async with client_of(trusting_app, ALICE) as alice:
        for _ in range(5):
            assert (await alice.get(ME)).status_code == 200
            assert (await me(trusting_app, token)).status_code == 200
    assert not waiting.done()
    issuer.awake.set()
    assert_problem(await waiting, TokenInvalid)


async def test_without_an_issuer_nothing_is_fetched_and_nothing_runs(settings: Settings) -> None:
    before = asyncio.all_tasks()
    async with running(settings) as plain:
        assert await plain.state.issuers.read("not even a token") is None
        assert asyncio.all_tasks() == before


# Instead of signing in here.


@pytest.fixture
async def outside_alone(
    app: FastAPI, issuer: FakeIssuer, settings: Settings
) -> AsyncIterator[FastAPI]:
    tokens = settings.tokens.model_copy(update={"local": False})
    changed = settings.model_copy(update={"tokens": tokens})
    async with trusting(changed, issuer.settings()) as outside_alone:
        yield outside_alone


async def test_where_nobody_signs_in_here_only_tokens_from_outside_count(
    outside_alone: FastAPI, issuer: FakeIssuer
) -> None:
    assert (await me(outside_alone, issuer.token())).status_code == 200
    async with client_of(outside_alone, ALICE) as alice:
        assert_problem(await alice.get(ME), TokenInvalid)


async def test_where_nobody_signs_in_here_the_ways_to_do_so_are_gone(
    outside_alone: FastAPI, issuer: FakeIssuer
) -> None:
    async with caller(outside_alone, issuer.token()) as client:
        for path in ("/users", "/auth/login", "/auth/refresh", "/auth/logout", "/auth/token"):
            assert_problem(await client.post(f"/api/v1{path}", json={}), NoSuchPage)
        assert_problem(await client.get("/api/v1/auth/sessions"), NoSuchPage)
        document = (await client.get("/openapi.json")).json()

    assert "/api/v1/users/me" in document["paths"]
    assert not [path for path in document["paths"] if path.startswith("/api/v1/auth/")]
    assert "post" not in document["paths"].get("/api/v1/users", {})
    assert "auth" not in {tag["name"] for tag in document["tags"]}
    assert document["components"]["securitySchemes"].keys() == {"AccessToken"}


async def test_the_description_tells_where_tokens_come_from(
    trusting_app: FastAPI, issuer: FakeIssuer
) -> None:
    document = document_of(trusting_app)

    scheme = document["components"]["securitySchemes"]["AccessToken"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert (
        scheme["description"] == f"An access token, as `login` answers it, or one of {issuer.url}."
    )
    told = document["paths"][ME]["get"]["responses"]
    for error in (IssuerUnavailable, AccountLinkRequired):
        examples = told[str(error.status)]["content"]["application/json"]["examples"]
        assert error.code in examples
