"""Attacks on refresh tokens and the sessions behind them, each by its number in the standard.

A token that comes twice was copied, or an answer was lost; what tells the two apart is tried here
from outside, through the whole application.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import delete, func, select, text, update
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.body import UnsupportedMedia
from app.core.errors import Unauthenticated, Unavailable
from app.core.logging import configure_logging
from app.core.security.tokens import AccessTokens, TokenInvalid, new_refresh_token
from app.core.settings import LogSettings
from app.db.base import Entity
from app.db.database import Database
from app.models import RefreshToken, Session, User
from app.repositories.session import SessionRepository
from app.services.session import RefreshInvalid
from app.tests.answers import assert_invalid, assert_problem
from app.tests.logins import AUTH, ME, Pair, bearer, me, refresh, refreshed, sign_in
from app.tests.mailbox import Mailbox
from app.tests.people import ALICE, BOB
from app.tests.queries import waiting

GRACE = 10
USED_LONG_AGO = update(RefreshToken).values(used_at=RefreshToken.used_at - timedelta(seconds=GRACE))
"""Lets the grace of all used tokens be over, by the clock that counts."""


async def change(database: Database, statement: Any) -> None:
    async with database.apart() as session:
        await session.execute(statement)


async def assert_dead(client: AsyncClient, *pairs: Pair) -> None:
    """Expect tokens that open nothing any more, the last refresh token included."""
    for pair in pairs:
        assert_problem(await me(client, pair), TokenInvalid)
        assert_problem(await refresh(client, pair), RefreshInvalid)


async def assert_alive(client: AsyncClient, pair: Pair) -> None:
    assert (await me(client, pair)).status_code == 200
    assert (await refresh(client, pair)).status_code == 200


def session_of(app: FastAPI, pair: Pair) -> Any:
    tokens: AccessTokens = app.state.tokens
    return tokens.read(pair["access_token"]).session


# Tokens that come twice.


async def test_01_a_used_token_after_the_grace_ends_the_session(
    visitor: AsyncClient, database: Database
) -> None:
    first = await sign_in(visitor)
    second = await refreshed(visitor, first)
    await change(database, USED_LONG_AGO)

    assert_problem(await refresh(visitor, first), RefreshInvalid)

    await assert_dead(visitor, first, second)


async def test_02_the_token_before_the_last_has_no_grace(visitor: AsyncClient) -> None:
    first = await sign_in(visitor)
    second = await refreshed(visitor, first)
    third = await refreshed(visitor, second)

    assert_problem(await refresh(visitor, first), RefreshInvalid)

    await assert_dead(visitor, first, second, third)


@pytest.mark.parametrize("first", ["thief", "victim"])
async def test_03_a_thief_and_their_victim_both_lose_the_session(
    visitor: AsyncClient, database: Database, first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(LogSettings())
    stolen = await sign_in(visitor)
    pairs = [await refreshed(visitor, stolen)]
    if first == "thief":
        # Nobody waits for the victim to be quick.
        pairs.append(await refreshed(visitor, pairs[0]))
    else:
        await change(database, USED_LONG_AGO)

    assert_problem(await refresh(visitor, stolen), RefreshInvalid)

    await assert_dead(visitor, stolen, *pairs)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [event] = [line for line in lines if line["event"] == "refresh_token_reused"]
    assert (event["level"], event["user_id"]) == ("warning", str(ALICE.id))


async def test_04_of_25_who_trade_one_token_at_once_all_get_the_same(
    app: FastAPI, visitor: AsyncClient, database: Database
) -> None:
    pair = await sign_in(visitor)

    answers = await asyncio.gather(*(refresh(visitor, pair) for _ in range(25)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1
    assert len({answer.json()["access_token"] for answer in answers}) == 25
    async with database.reads() as session:
        of_it = select(func.count()).where(RefreshToken.session_id == session_of(app, pair))
        assert await session.scalar(of_it) == 2
    await assert_alive(visitor, answers[0].json())


async def test_05_who_lost_an_answer_gets_the_same_token_again(visitor: AsyncClient) -> None:
    first = await sign_in(visitor)
    lost = await refreshed(visitor, first)

    again = await refreshed(visitor, first)

    assert again["refresh_token"] == lost["refresh_token"]
    assert again["access_token"] != lost["access_token"]
    await assert_alive(visitor, again)


# Sessions that end meanwhile.


@asynccontextmanager
async def held(database: Database, session_id: Any) -> AsyncIterator[None]:
    """Keep a session locked, so that what changes it stands in a line."""
    async with database.apart() as session:
        assert await SessionRepository(session).lock_live(session_id)
        yield


async def logout(client: AsyncClient, pair: Pair) -> Response:
    return await client.post(f"{AUTH}/logout", headers=bearer(pair))


@pytest.mark.parametrize("order", [(logout, refresh), (refresh, logout)])
async def test_06_a_logout_during_a_refresh_always_wins(
    app: FastAPI,
    visitor: AsyncClient,
    database: Database,
    order: tuple[Callable[[AsyncClient, Pair], Awaitable[Response]], ...],
) -> None:
    pair = await sign_in(visitor)
    calls = []
    async with held(database, session_of(app, pair)):
        for number, call in enumerate(order, 1):
            calls.append(asyncio.ensure_future(call(visitor, pair)))
            await waiting(database, number)

    answers = dict(zip(order, await asyncio.gather(*calls), strict=True))

    assert answers[logout].status_code == 204
    if answers[refresh].status_code == 200:
        await assert_dead(visitor, answers[refresh].json())
    await assert_dead(visitor, pair)


async def test_06_however_they_meet_a_logout_wins(visitor: AsyncClient) -> None:
    for _ in range(5):
        pair = await sign_in(visitor)

        refreshing, *_ = await asyncio.gather(refresh(visitor, pair), logout(visitor, pair))

        if refreshing.status_code == 200:
            await assert_dead(visitor, refreshing.json())
        await assert_dead(visitor, pair)


@pytest.mark.parametrize("way", ["logout", "logout-everywhere"])
async def test_07_nothing_is_given_after_a_logout(visitor: AsyncClient, way: str) -> None:
    first = await sign_in(visitor)
    second = await refreshed(visitor, first)

    assert (await visitor.post(f"{AUTH}/{way}", headers=bearer(second))).status_code == 204

    await assert_dead(visitor, first, second)


async def test_07_nothing_is_given_after_a_new_password(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    first = await sign_in(visitor)
    second = await refreshed(visitor, first)

    await visitor.post(f"{AUTH}/forgot", json={"email": ALICE.email})
    new = {"token": await mailbox.token(ALICE.email), "password": "nine early herons wade"}
    assert (await visitor.post(f"{AUTH}/reset", json=new)).status_code == 204

    await assert_dead(visitor, first, second)


@pytest.mark.parametrize(
    "end",
    [
        update(User).where(User.id == ALICE.id).values(active=False),
        delete(User).where(User.id == ALICE.id),
    ],
    ids=["shut out", "deleted"],
)
async def test_07_nothing_is_given_to_somebody_who_is_gone(
    visitor: AsyncClient, database: Database, end: Any
) -> None:
    first = await sign_in(visitor)
    second = await refreshed(visitor, first)

    await change(database, end)

    await assert_dead(visitor, first, second)


# Tokens that are something else.


async def test_08_a_token_of_one_kind_is_none_of_the_other(visitor: AsyncClient) -> None:
    pair = await sign_in(visitor)
    access, token = pair["access_token"], pair["refresh_token"]

    assert_problem(await me(visitor, {"access_token": token}), TokenInvalid)
    assert_problem(await refresh(visitor, {"refresh_token": access}), RefreshInvalid)
    assert_problem(await logout(visitor, {"access_token": token}), TokenInvalid)

    await assert_alive(visitor, pair)


async def test_09_there_is_one_kind_of_client_and_no_id_to_swap(visitor: AsyncClient) -> None:
    pair = await sign_in(visitor)
    claim = {"refresh_token": pair["refresh_token"], "client_id": "another"}

    assert_invalid(await visitor.post(f"{AUTH}/refresh", json=claim), "client_id")

    await assert_alive(visitor, pair)


async def test_10_a_token_that_was_changed_is_worth_nothing_and_does_no_harm(
    visitor: AsyncClient,
) -> None:
    pair = await sign_in(visitor)
    token = pair["refresh_token"]
    flipped = "bsr_" + token[4:].swapcase()
    changed = (token[:-1], f"{token}=", f"{token}A", f" {token}", f"{token}\n", token[4:], "")

    for each in changed:
        assert_problem(await refresh(visitor, {"refresh_token": each}), RefreshInvalid)
    assert_invalid(await refresh(visitor, {"refresh_token": "\0"}), "refresh_token")
    for each in (flipped, token[:-1] + ("A" if token[-1] != "A" else "B"), new_refresh_token()):
        assert_problem(await refresh(visitor, {"refresh_token": each}), RefreshInvalid)

    await assert_alive(visitor, pair)


# Time.


async def ends(database: Database, app: FastAPI, pair: Pair) -> tuple[Any, Any]:
    async with database.reads() as session:
        found = await session.get_one(Session, session_of(app, pair))
    return found.idle_expires_at, found.expires_at


async def test_11_use_never_moves_the_end_of_a_session(
    app: FastAPI, visitor: AsyncClient, database: Database
) -> None:
    first = await sign_in(visitor)
    await change(database, update(Session).values(expires_at=func.now() + timedelta(minutes=5)))
    _, end = await ends(database, app, first)

    second = await refreshed(visitor, first)

    # Nor does it outlive that end unused.
    assert await ends(database, app, second) == (end, end)
    await change(database, update(Session).values(expires_at=func.now()))
    await assert_dead(visitor, first, second)


async def test_12_a_session_that_nobody_uses_ends(visitor: AsyncClient, database: Database) -> None:
    pair = await sign_in(visitor)

    await change(database, update(Session).values(idle_expires_at=func.now()))

    await assert_dead(visitor, pair)


# What an answer tells, and what lasts.


async def test_13_a_token_used_before_looks_like_one_that_never_was(
    visitor: AsyncClient, database: Database
) -> None:
    stolen = await sign_in(visitor)
    await refreshed(visitor, stolen)
    await change(database, USED_LONG_AGO)

    found = await refresh(visitor, stolen)
    made_up = await refresh(visitor, {"refresh_token": new_refresh_token()})

    assert_problem(found, RefreshInvalid)
    assert without_id(found) == without_id(made_up)


def without_id(answer: Response) -> Any:
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    return answer.status_code, headers, answer.json() | {"request_id": None}


async def test_14_what_was_found_to_be_stolen_stays_dead(
    app: FastAPI, visitor: AsyncClient, database: Database
) -> None:
    stolen = await sign_in(visitor)
    newest = await refreshed(visitor, stolen)
    await change(database, USED_LONG_AGO)
    assert_problem(await refresh(visitor, stolen), RefreshInvalid)

    async with database.reads() as session:
        found = await session.get_one(Session, session_of(app, stolen))
    # The refusal did not undo it.
    assert (found.revoke_reason, found.revoked_at is None) == ("refresh_reuse", False)
    for _ in range(2):
        await assert_dead(visitor, newest)


async def test_15_no_token_is_in_the_database_the_log_or_an_address(
    visitor: AsyncClient, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(LogSettings(level="debug"))
    first = await sign_in(visitor)
    answer = await refresh(visitor, first)
    second = answer.json()
    await refresh(visitor, first)
    await refresh(visitor, {"refresh_token": new_refresh_token()})
    await visitor.post(f"{AUTH}/refresh?refresh_token={second['refresh_token']}", json={})
    await visitor.get(ME, params={"access_token": second["access_token"]})
    secrets = [first["access_token"], first["refresh_token"]]
    secrets += [second["access_token"], second["refresh_token"]]

    logged = capsys.readouterr().out
    stored = await dump(database)
    for secret in secrets:
        assert secret not in logged
        assert secret not in stored
        assert secret.encode().hex() not in stored
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert not answer.headers.keys() & {"location", "link", "set-cookie"}


async def dump(database: Database) -> str:
    """Write all rows of all tables down, as a thief of the database would."""
    rows: list[str] = []
    async with database.reads() as session:
        for table in Entity.metadata.sorted_tables:
            query = text(f'SELECT t::text FROM "{table.name}" t')
            rows += (await session.scalars(query)).all()
    return "\n".join(rows)


async def test_15_an_address_is_no_place_for_a_token(visitor: AsyncClient) -> None:
    pair = await sign_in(visitor)

    answer = await visitor.get(ME, params={"access_token": pair["access_token"]})
    assert_problem(answer, Unauthenticated)
    answer = await visitor.post(f"{AUTH}/refresh", params={"refresh_token": pair["refresh_token"]})
    assert answer.status_code == 422


async def test_16_another_sites_page_can_have_no_token_used(visitor: AsyncClient) -> None:
    """No cookie refreshes anything, and a page of another site can't send JSON unasked."""
    pair = await sign_in(visitor)
    cookie = {"Cookie": f"refresh_token={pair['refresh_token']}"}

    answer = await visitor.post(f"{AUTH}/refresh", headers=cookie)
    assert answer.status_code == 422
    body = json.dumps({"refresh_token": pair["refresh_token"]})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        headers = {"Content-Type": kind, "Origin": "https://evil.example.org"}
        answer = await visitor.post(f"{AUTH}/refresh", content=body, headers=headers)
        assert_problem(answer, UnsupportedMedia)

    await assert_alive(visitor, pair)


async def test_17_a_session_that_somebody_brings_along_is_not_taken_over(
    app: FastAPI, visitor: AsyncClient
) -> None:
    planted = await sign_in(visitor, BOB)
    everywhere = bearer(planted) | {"Cookie": f"refresh_token={planted['refresh_token']}"}

    pair = await sign_in(visitor, ALICE, everywhere)

    assert session_of(app, pair) != session_of(app, planted)
    assert (await me(visitor, pair)).json()["id"] == str(ALICE.id)
    assert (await me(visitor, await refreshed(visitor, planted))).json()["id"] == str(BOB.id)
    body = {"email": ALICE.email, "password": "x", "refresh_token": planted["refresh_token"]}
    assert_invalid(await visitor.post(f"{AUTH}/login", json=body), "refresh_token")


# What goes wrong in between.


class Killed(BaseException):
    """What no handler of the application gets to see."""


def killed_at_its_answer(app: FastAPI) -> ASGIApp:
    """The application in a process that ends as soon as there is something to answer."""

    async def run(scope: Scope, receive: Receive, _send: Send) -> None:
        async def end(_message: Message) -> None:
            raise Killed

        await app(scope, receive, end)

    return run


async def test_18_who_gets_no_answer_asks_again(app: FastAPI, visitor: AsyncClient) -> None:
    pair = await sign_in(visitor)
    transport = ASGITransport(killed_at_its_answer(app))
    async with AsyncClient(transport=transport, base_url="http://test") as unlucky:
        with pytest.raises(Killed):
            await refresh(unlucky, pair)

    # What it did was durable, and is what the next attempt gives.
    async with app.state.database.reads() as session:
        digests = (await session.scalars(select(RefreshToken.digest))).all()
    assert len(digests) == 2
    await assert_alive(visitor, await refreshed(visitor, pair))


async def test_19_a_database_that_goes_away_costs_a_retry(
    app: FastAPI, visitor: AsyncClient, database: Database
) -> None:
    pair = await sign_in(visitor)
    async with held(database, session_of(app, pair)):
        refreshing = asyncio.ensure_future(refresh(visitor, pair))
        [victim] = await waiting(database, 1)
        async with database.reads() as session:
            await session.execute(select(func.pg_terminate_backend(victim)))
        answer = await refreshing

    assert_problem(answer, Unavailable)
    assert int(answer.headers["retry-after"]) > 0
    await assert_alive(visitor, await refreshed(visitor, pair))


async def test_20_each_login_is_a_session_of_its_own(app: FastAPI, visitor: AsyncClient) -> None:
    first = await sign_in(visitor)
    second = await sign_in(visitor, headers=bearer(first))

    assert session_of(app, first) != session_of(app, second)
    assert (await logout(visitor, first)).status_code == 204
    await assert_dead(visitor, first)
    third = await sign_in(visitor, headers=bearer(first))
    assert session_of(app, third) not in {session_of(app, first), session_of(app, second)}
    await assert_alive(visitor, second)
