from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from pwdlib.hashers.bcrypt import BcryptHasher
from sqlalchemy import func, select, update

from app.api.errors import NoSuchPage
from app.core.config import Settings
from app.core.errors import Unauthenticated
from app.core.security.tokens import Claims, TokenInvalid, digest, new_refresh_token
from app.db.database import Database
from app.models import RefreshToken, Session, User
from app.services.session import LoginFailed, RefreshInvalid
from app.tests.answers import assert_invalid, assert_problem
from app.tests.apps import visiting
from app.tests.logins import AUTH, ME, Pair, me
from app.tests.people import ALICE, BOB, PASSWORD
from app.tests.queries import counted

CREDENTIALS = {"email": ALICE.email, "password": PASSWORD}
FORM = {"grant_type": "password", "username": ALICE.email, "password": PASSWORD}
LONG_AGO = RefreshToken.used_at - timedelta(seconds=11)


async def sign_in(person: AsyncClient, **changes: str) -> Pair:
    answer = await person.post(f"{AUTH}/login", json=CREDENTIALS | changes)
    assert answer.status_code == 200, answer.text
    pair: Pair = answer.json()
    return pair


async def refresh(person: AsyncClient, token: str) -> Response:
    return await person.post(f"{AUTH}/refresh", json={"refresh_token": token})


async def change(database: Database, statement: Any) -> None:
    async with database.apart() as session:
        await session.execute(statement)


async def deactivate(database: Database) -> None:
    await change(database, update(User).where(User.id == ALICE.id).values(active=False))


# Signing in.


async def test_a_login_gives_tokens_that_work(visitor: AsyncClient) -> None:
    pair = await sign_in(visitor)

    assert pair.keys() == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (pair["token_type"], pair["expires_in"]) == ("bearer", 600)
    assert (await me(visitor, pair)).json()["id"] == str(ALICE.id)


async def test_an_access_token_is_short_lived_and_says_no_roles(visitor: AsyncClient) -> None:
    pair = await sign_in(visitor)

    claims = jwt.decode(pair["access_token"], options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 600
    assert claims.keys() == {"iss", "aud", "sub", "sid", "jti", "iat", "exp", "auth_time"}


async def test_each_login_is_a_session_of_its_own(visitor: AsyncClient) -> None:
    first, second = await sign_in(visitor), await sign_in(visitor)

    await visitor.post(
        f"{AUTH}/logout", headers={"Authorization": f"Bearer {first['access_token']}"}
    )

    assert_problem(await me(visitor, first), TokenInvalid)
    assert (await me(visitor, second)).status_code == 200


async def test_an_address_may_be_typed_in_capitals(visitor: AsyncClient) -> None:
    assert await sign_in(visitor, email=ALICE.email.upper())


@pytest.mark.parametrize(
    "changes",
    [
        {"password": PASSWORD + "!"},
        {"password": PASSWORD.upper()},
        {"password": ""},
        {"email": "nobody@example.com"},
        {"email": "nobody@example.com", "password": "nobody's password"},
    ],
)
async def test_a_wrong_password_and_a_wrong_address_look_alike(
    visitor: AsyncClient, changes: dict[str, str]
) -> None:
    answer = await visitor.post(f"{AUTH}/login", json=CREDENTIALS | changes)

    assert_problem(answer, LoginFailed)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_somebody_who_may_not_sign_in_looks_like_nobody(
    visitor: AsyncClient, database: Database
) -> None:
    await deactivate(database)

    assert_problem(await visitor.post(f"{AUTH}/login", json=CREDENTIALS), LoginFailed)


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ({"email": ALICE.email}, "password"),
        ({"password": PASSWORD}, "email"),
        (CREDENTIALS | {"email": "nobody"}, "email"),
        (CREDENTIALS | {"password": "x" * 257}, "password"),
        (CREDENTIALS | {"password": "NUL \x00"}, "password"),
        (CREDENTIALS | {"password": None}, "password"),
        (CREDENTIALS | {"remember": True}, "remember"),
    ],
)
async def test_a_login_is_looked_at_before_it_is_tried(
    visitor: AsyncClient, sent: dict[str, Any], refused: str
) -> None:
    answer = await visitor.post(f"{AUTH}/login", json=sent)

    assert_invalid(answer, refused)
    assert PASSWORD not in answer.text


async def test_an_old_hash_is_replaced_at_login(visitor: AsyncClient, database: Database) -> None:
    old = BcryptHasher(rounds=4).hash(PASSWORD)
    await change(database, update(User).where(User.id == ALICE.id).values(password_hash=old))

    assert await sign_in(visitor)

    async with database.reads() as session:
        stored = await session.scalar(select(User.password_hash).where(User.id == ALICE.id))
    assert stored
    assert stored.startswith("$argon2id$")
    assert await sign_in(visitor)


# The form of the docs page.


async def test_the_docs_page_signs_in_with_a_form(visitor: AsyncClient) -> None:
    answer = await visitor.post(f"{AUTH}/token", data=FORM)

    assert answer.status_code == 200
    assert (await me(visitor, answer.json())).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "wrong"},
        {"username": "nobody@example.com"},
        {"username": "not an address"},
        {"username": "NUL\x00"},
    ],
)
async def test_a_form_that_is_wrong_looks_like_any_other(
    visitor: AsyncClient, changes: dict[str, str]
) -> None:
    assert_problem(await visitor.post(f"{AUTH}/token", data=FORM | changes), LoginFailed)


async def test_the_form_takes_forms_alone(visitor: AsyncClient) -> None:
    assert_invalid(await visitor.post(f"{AUTH}/token", json=FORM), *FORM)
    assert_invalid(
        await visitor.post(f"{AUTH}/token", data=FORM | {"password": "x" * 257}), "password"
    )
    code = {"grant_type": "authorization_code"}
    assert_invalid(await visitor.post(f"{AUTH}/token", data=FORM | code), "grant_type")


async def test_there_is_no_form_where_the_settings_say_so(settings: Settings) -> None:
    api = settings.api.model_copy(update={"password_form": False})
    async with visiting(settings.model_copy(update={"api": api})) as visitor:
        assert_problem(await visitor.post(f"{AUTH}/token", data=FORM), NoSuchPage)


# Staying signed in.


async def test_a_refresh_token_is_traded_for_new_tokens(visitor: AsyncClient) -> None:
    first = await sign_in(visitor)

    answer = await refresh(visitor, first["refresh_token"])

    assert answer.status_code == 200
    second = answer.json()
    assert second["refresh_token"] != first["refresh_token"]
    assert (await me(visitor, second)).status_code == 200
    assert (await refresh(visitor, second["refresh_token"])).status_code == 200


async def test_for_a_moment_a_refresh_may_be_asked_again(visitor: AsyncClient) -> None:
    first = await sign_in(visitor)
    second = (await refresh(visitor, first["refresh_token"])).json()

    again = (await refresh(visitor, first["refresh_token"])).json()

    assert again["refresh_token"] == second["refresh_token"]
    assert again["access_token"] != second["access_token"]
    for pair in (first, second, again):
        assert (await me(visitor, pair)).status_code == 200


async def test_a_token_that_is_used_again_later_ends_the_session_for_everybody(
    visitor: AsyncClient, database: Database
) -> None:
    first = await sign_in(visitor)
    second = (await refresh(visitor, first["refresh_token"])).json()
    await change(database, update(RefreshToken).values(used_at=LONG_AGO))

    # Whoever comes second, the thief or the victim, learns no more than that it failed.
    assert_problem(await refresh(visitor, first["refresh_token"]), RefreshInvalid)

    assert_problem(await refresh(visitor, second["refresh_token"]), RefreshInvalid)
    for pair in (first, second):
        assert_problem(await me(visitor, pair), TokenInvalid)


@pytest.mark.parametrize(
    "token", [new_refresh_token(), f"bsr_{'A' * 43}"], ids=["never given", "made up"]
)
async def test_a_token_that_nobody_was_given_is_refused(visitor: AsyncClient, token: str) -> None:
    assert_problem(await refresh(visitor, token), RefreshInvalid)


async def test_what_is_no_refresh_token_is_not_looked_for(
    visitor: AsyncClient, database: Database
) -> None:
    pair = await sign_in(visitor)
    good = pair["refresh_token"]

    with counted(database) as statements:
        for token in (pair["access_token"], good[:-1], good + "=", f" {good}", good[4:], ""):
            assert_problem(await refresh(visitor, token), RefreshInvalid)
    assert statements == []
    for token in ("\x00", 4097 * "a"):
        assert_invalid(await refresh(visitor, token), "refresh_token")
    assert_problem(await refresh(visitor, good.swapcase().replace("BSR_", "bsr_")), RefreshInvalid)
    assert (await refresh(visitor, good)).status_code == 200


async def test_a_refresh_token_opens_nothing_else(visitor: AsyncClient) -> None:
    pair = await sign_in(visitor)

    assert_problem(await me(visitor, {"access_token": pair["refresh_token"]}), TokenInvalid)


async def test_no_token_is_stored(visitor: AsyncClient, database: Database) -> None:
    token = (await sign_in(visitor))["refresh_token"]

    async with database.reads() as session:
        assert await session.scalar(select(RefreshToken.digest)) == digest(token)


# How it ends.


async def test_a_logout_ends_both_tokens_at_once(visitor: AsyncClient) -> None:
    pair = await sign_in(visitor)
    bearer = {"Authorization": f"Bearer {pair['access_token']}"}

    answer = await visitor.post(f"{AUTH}/logout", headers=bearer)

    assert (answer.status_code, answer.content) == (204, b"")
    assert_problem(await me(visitor, pair), TokenInvalid)
    assert_problem(await refresh(visitor, pair["refresh_token"]), RefreshInvalid)
    assert (await visitor.post(f"{AUTH}/logout", headers=bearer)).status_code == 204


async def test_a_refresh_token_ends_its_session_too(visitor: AsyncClient) -> None:
    first, other = await sign_in(visitor), await sign_in(visitor)
    second = (await refresh(visitor, first["refresh_token"])).json()

    # One that was used already says as well which session is meant.
    for token in (first["refresh_token"], second["refresh_token"], new_refresh_token()):
        answer = await visitor.post(f"{AUTH}/logout", json={"refresh_token": token})
        assert (answer.status_code, answer.content) == (204, b"")

    assert_problem(await me(visitor, second), TokenInvalid)
    assert_problem(await refresh(visitor, second["refresh_token"]), RefreshInvalid)
    assert (await me(visitor, other)).status_code == 200


async def test_a_refresh_token_counts_whatever_became_of_the_access_token(
    visitor: AsyncClient,
) -> None:
    pair = await sign_in(visitor)
    headers = {"Authorization": "Bearer expired"}

    answer = await visitor.post(f"{AUTH}/logout", json=None, headers=headers)
    assert_problem(answer, TokenInvalid)
    token = {"refresh_token": pair["refresh_token"]}
    answer = await visitor.post(f"{AUTH}/logout", json=token, headers=headers)

    assert answer.status_code == 204
    assert_problem(await me(visitor, pair), TokenInvalid)


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ({}, "refresh_token"),
        ({"refresh_token": None}, "refresh_token"),
        ({"refresh_token": "bsr_x"}, "refresh_token"),
        ({"refresh_token": new_refresh_token(), "everywhere": True}, "everywhere"),
    ],
    ids=["nothing", "null", "too short", "more"],
)
async def test_a_logout_is_looked_at_before_it_is_done(
    visitor: AsyncClient, sent: dict[str, Any], refused: str
) -> None:
    assert_invalid(await visitor.post(f"{AUTH}/logout", json=sent), refused)


async def test_a_visitor_has_nothing_to_log_out_of(visitor: AsyncClient) -> None:
    assert_problem(await visitor.post(f"{AUTH}/logout"), Unauthenticated)


async def test_a_logout_is_nobody_elses(visitor: AsyncClient, bob: AsyncClient) -> None:
    pair = await sign_in(visitor)

    assert (await bob.post(f"{AUTH}/logout")).status_code == 204

    assert (await me(visitor, pair)).status_code == 200
    assert_problem(await bob.get(ME), TokenInvalid)


@pytest.mark.parametrize("end", [Session.idle_expires_at, Session.expires_at])
async def test_a_session_ends_by_itself(visitor: AsyncClient, database: Database, end: Any) -> None:
    pair = await sign_in(visitor)
    await change(database, update(Session).values({end: func.now() - timedelta(seconds=1)}))

    assert_problem(await me(visitor, pair), TokenInvalid)
    assert_problem(await refresh(visitor, pair["refresh_token"]), RefreshInvalid)


async def test_use_prolongs_a_session_but_not_for_ever(
    visitor: AsyncClient, database: Database
) -> None:
    pair = await sign_in(visitor)
    assert await days_left(database) == (7, 30)

    in_a_day, in_two = func.now() + timedelta(days=1), func.now() + timedelta(days=2)
    await change(database, update(Session).values(idle_expires_at=in_a_day, expires_at=in_two))
    assert (await refresh(visitor, pair["refresh_token"])).status_code == 200

    assert await days_left(database) == (2, 2)


async def days_left(database: Database) -> tuple[int, int]:
    """Say how long the newest session lasts, unused and in all."""
    async with database.reads() as session:
        newest = select(Session).order_by(Session.created_at.desc()).limit(1)
        found = (await session.scalars(newest)).one()
        now = await session.scalar(select(func.now()))
    assert now
    idle, absolute = (end - now for end in (found.idle_expires_at, found.expires_at))
    return round(idle / timedelta(days=1)), round(absolute / timedelta(days=1))


async def test_somebody_who_was_shut_out_is_out_at_once(
    visitor: AsyncClient, alice: AsyncClient, database: Database
) -> None:
    pair = await sign_in(visitor)
    await deactivate(database)

    assert_problem(await alice.get(ME), TokenInvalid)
    assert_problem(await me(visitor, pair), TokenInvalid)
    assert_problem(await refresh(visitor, pair["refresh_token"]), RefreshInvalid)


async def test_a_token_of_one_session_and_another_person_is_refused(
    app: FastAPI, visitor: AsyncClient
) -> None:
    pair = await sign_in(visitor)
    mine = app.state.tokens.read(pair["access_token"])

    for claims in (
        Claims(user=BOB.id, session=mine.session),
        Claims(user=mine.user, session=BOB.session),
        Claims(user=mine.user, session=uuid4()),
    ):
        token = app.state.tokens.issue(claims, auth_time=datetime.now(UTC))
        assert_problem(await me(visitor, {"access_token": token}), TokenInvalid)
