import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import func, update

from app.core.config import Settings
from app.core.errors import Unauthenticated
from app.core.logging import configure_logging
from app.core.security.tokens import TokenInvalid
from app.core.settings import LogSettings
from app.db.database import Database
from app.models import Session
from app.repositories.user import UserRepository
from app.services.session import RefreshInvalid
from app.services.user_session import SessionNotFound
from app.tests.answers import assert_invalid, assert_problem
from app.tests.apps import running
from app.tests.logins import AUTH, ME, bearer, me, refresh, refreshed, sign_in
from app.tests.people import ALICE, BOB, PASSWORD_HASH
from app.tests.queries import counted, waiting

SESSIONS = f"{AUTH}/sessions"
EVERYWHERE = f"{AUTH}/logout-everywhere"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"


async def listed(person: AsyncClient, **headers: str) -> list[dict[str, Any]]:
    answer = await person.get(SESSIONS, headers=headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_people_see_where_they_are_signed_in(visitor: AsyncClient) -> None:
    pair = await sign_in(visitor, headers={"User-Agent": FIREFOX})

    newest, oldest = await listed(visitor, **bearer(pair))

    assert oldest["id"] == str(ALICE.session)
    assert (
        newest.items()
        >= {
            "device": "Firefox on Linux",
            "address": "127.0.0.1",
            "last_used_at": None,
            "current": True,
        }.items()
    )
    assert (oldest["current"], oldest["device"], oldest["address"]) == (False, None, None)
    assert newest["created_at"] > oldest["created_at"]
    assert (
        newest.keys()
        == oldest.keys()
        == {
            *("id", "device", "address", "created_at", "last_used_at", "current"),
        }
    )


@pytest.mark.parametrize("host", ["2001:db8::7", "not an address", "/run/app.sock"])
async def test_an_address_is_kept_if_it_is_one(app: FastAPI, host: str) -> None:
    async with AsyncClient(
        transport=ASGITransport(app, client=(host, 1)), base_url="http://test"
    ) as person:
        pair = await sign_in(person)

        found = await listed(person, **bearer(pair))

    assert found[0]["address"] == (host if ":" in host else None)


async def test_a_refresh_shows_when_a_session_was_used(visitor: AsyncClient) -> None:
    pair = await sign_in(visitor)
    await refreshed(visitor, pair)

    newest, _ = await listed(visitor, **bearer(pair))

    assert newest["last_used_at"] > newest["created_at"]


async def test_nobody_sees_anothers_sessions_or_their_own_that_have_ended(
    visitor: AsyncClient, bob: AsyncClient, database: Database
) -> None:
    pair = await sign_in(visitor)
    assert [each["id"] for each in await listed(bob)] == [str(BOB.session)]

    async with database.apart() as session:
        await session.execute(
            update(Session).where(Session.id == ALICE.session).values(idle_expires_at=func.now())
        )

    assert [each["current"] for each in await listed(visitor, **bearer(pair))] == [True]


async def test_a_list_costs_two_statements(alice: AsyncClient, database: Database) -> None:
    with counted(database) as statements:
        await listed(alice)

    assert len(statements) <= 2


async def test_one_ends_a_session_somewhere_else(visitor: AsyncClient, alice: AsyncClient) -> None:
    lost = await sign_in(visitor)
    [found] = [each["id"] for each in await listed(alice) if not each["current"]]

    answer = await alice.delete(f"{SESSIONS}/{found}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert_problem(await me(visitor, lost), TokenInvalid)
    assert_problem(await refresh(visitor, lost), RefreshInvalid)
    assert (await alice.get(ME)).status_code == 200
    assert_problem(await alice.delete(f"{SESSIONS}/{found}"), SessionNotFound)


async def test_one_ends_the_session_that_one_calls_from(alice: AsyncClient) -> None:
    assert (await alice.delete(f"{SESSIONS}/{ALICE.session}")).status_code == 204

    assert_problem(await alice.get(ME), TokenInvalid)


async def test_nobody_ends_anothers_session(alice: AsyncClient, bob: AsyncClient) -> None:
    foreign = await bob.delete(f"{SESSIONS}/{ALICE.session}")
    unknown = await bob.delete(f"{SESSIONS}/{uuid4()}")

    assert_problem(foreign, SessionNotFound)
    assert_problem(unknown, SessionNotFound)
    assert (await alice.get(ME)).status_code == 200
    assert_invalid(await bob.delete(f"{SESSIONS}/mine"), "session_id")


async def test_one_signs_out_everywhere(
    visitor: AsyncClient, alice: AsyncClient, bob: AsyncClient
) -> None:
    pair = await sign_in(visitor)

    answer = await alice.post(EVERYWHERE)

    assert (answer.status_code, answer.content) == (204, b"")
    assert_problem(await alice.get(ME), TokenInvalid)
    assert_problem(await me(visitor, pair), TokenInvalid)
    assert_problem(await refresh(visitor, pair), RefreshInvalid)
    assert (await bob.get(ME)).status_code == 200
    assert (await me(visitor, await sign_in(visitor))).status_code == 200


async def test_the_log_tells_how_sessions_began_and_ended(
    visitor: AsyncClient, alice: AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(LogSettings())
    pair = await sign_in(visitor)
    for _ in range(2):
        await visitor.post(f"{AUTH}/logout", headers=bearer(pair))
    await me(visitor, pair)
    await sign_in(visitor)
    newest, *_ = await listed(alice)
    await alice.delete(f"{SESSIONS}/{newest['id']}")
    await alice.post(EVERYWHERE)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = [line for line in lines if line["logger"].startswith(("app.services", "app.core"))]
    assert [line["event"] for line in told] == [
        *("login", "logout", "token_refused", "login", "session_revoked", "logout_everywhere")
    ]
    assert [line.get("user_id") for line in told if line["event"] != "token_refused"] == [
        str(ALICE.id)
    ] * 5
    reasons = {line["event"]: line["reason"] for line in told if "reason" in line}
    assert reasons == {"token_refused": "session", "session_revoked": "ended_by_owner"}


async def test_a_visitor_has_no_sessions(visitor: AsyncClient) -> None:
    assert_problem(await visitor.get(SESSIONS), Unauthenticated)
    assert_problem(await visitor.delete(f"{SESSIONS}/{ALICE.session}"), Unauthenticated)
    assert_problem(await visitor.post(EVERYWHERE), Unauthenticated)


async def test_one_login_too_many_ends_the_oldest_session(
    alice: AsyncClient, bob: AsyncClient, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    tokens = settings.tokens.model_copy(update={"max_sessions": 2})
    async with (
        running(settings.model_copy(update={"tokens": tokens})) as app,
        AsyncClient(transport=ASGITransport(app), base_url="http://test") as visitor,
    ):
        first = await sign_in(visitor)
        assert (await alice.get(ME)).status_code == 200
        assert "session_revoked" not in capsys.readouterr().out
        second = await sign_in(visitor)

        assert capsys.readouterr().out.count("session_revoked") == 1
        assert_problem(await alice.get(ME), TokenInvalid)
        for pair in (first, second):
            assert (await me(visitor, pair)).status_code == 200
        assert (await bob.get(ME)).status_code == 200


async def test_logins_at_once_leave_no_more_sessions_than_one_may_have(
    alice: AsyncClient, database: Database, settings: Settings
) -> None:
    tokens = settings.tokens.model_copy(update={"max_sessions": 1})
    async with (
        running(settings.model_copy(update={"tokens": tokens})) as app,
        AsyncClient(transport=ASGITransport(app), base_url="http://test") as visitor,
    ):
        async with asyncio.TaskGroup() as tasks, database.apart() as session:
            assert await UserRepository(session).hold(ALICE.id, PASSWORD_HASH)
            logins = [tasks.create_task(sign_in(visitor)) for _ in range(2)]
            # None of them sees what another has done before that is durable.
            await waiting(database, 2)

        answers = [await me(visitor, login.result()) for login in logins]
        assert [answer.status_code for answer in answers].count(200) == 1


def test_people_may_be_signed_in_in_twenty_places(settings: Settings) -> None:
    assert settings.tokens.max_sessions == 20
