from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import delete, func, select

from app.core.about import NAME
from app.core.errors import Unauthenticated
from app.core.security.guesses import PasswordCompromised
from app.core.security.passwords import Passwords
from app.core.security.tokens import TokenInvalid
from app.db.database import Database
from app.models import User
from app.services.session import LoginFailed
from app.tests.answers import assert_invalid, assert_problem
from app.tests.mailbox import Mailbox
from app.tests.people import ADMIN, ALICE, EVERYBODY

USERS = "/api/v1/users"
ME = f"{USERS}/me"
LOGIN = "/api/v1/auth/login"
VERIFY = "/api/v1/auth/verify"
LONG = "correct horses eat battery staples for breakfast, " * 6
CAROL = {"email": "carol@example.com", "password": "correct horse battery staple ☃"}


async def stored_hash(database: Database, email: str) -> str | None:
    async with database.reads() as session:
        return await session.scalar(select(User.password_hash).where(User.email == email))


async def signed_in(visitor: AsyncClient, login: dict[str, str]) -> dict[str, Any]:
    """Sign in, and read one's own account."""
    token = (await visitor.post(LOGIN, json=login)).json()["access_token"]
    found = await visitor.get(ME, headers={"Authorization": f"Bearer {token}"})
    me: dict[str, Any] = found.json()
    return me


# Opening an account.


async def test_a_newcomer_opens_an_account_confirms_the_address_and_signs_in(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    made = await visitor.post(USERS, json=CAROL)
    assert_problem(await visitor.post(LOGIN, json=CAROL), LoginFailed)
    verified = await visitor.post(VERIFY, json={"token": await mailbox.token(CAROL["email"])})

    assert (made.status_code, made.json().keys()) == (202, {"message"})
    assert (verified.status_code, verified.content) == (204, b"")
    me = await signed_in(visitor, CAROL)
    assert me.keys() == {"id", "email", "email_verified", "roles", "created_at"}
    assert (me["email"], me["email_verified"], me["roles"]) == (CAROL["email"], True, [])


async def test_a_password_is_stored_as_a_slow_hash(
    app: FastAPI, visitor: AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.state.passwords, "_hash", Passwords()._hash)

    await visitor.post(USERS, json=CAROL)

    stored = await stored_hash(database, CAROL["email"])
    assert stored
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("email", [ALICE.email, ALICE.email.upper(), "Alice@Example.COM"])
async def test_an_address_has_one_account_and_its_person_alone_is_told(
    visitor: AsyncClient, database: Database, mailbox: Mailbox, email: str
) -> None:
    before = await stored_hash(database, ALICE.email)

    answer = await visitor.post(USERS, json=CAROL | {"email": email})

    assert answer.status_code == 202
    assert await stored_hash(database, ALICE.email) == before
    [told] = await mailbox.all()
    assert (told.to, told.subject) == (ALICE.email, "You have an account")
    async with database.reads() as session:
        assert await session.scalar(select(func.count(User.id))) == len(EVERYBODY)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", None),
        ("email", ""),
        ("email", "nobody"),
        ("email", "carol@example"),
        ("email", "Carol <carol@example.com>"),
        ("email", f"{'x' * 250}@example.com"),
        ("password", None),
        ("password", "fourteen chars"),
        ("password", "x" * 257),
        ("password", "x" * 10_000),
        ("password", "NUL \x00 and enough letters"),
        ("password", 123456789012345),
        ("id", str(ALICE.id)),
        ("roles", ["admin"]),
        ("role_names", ["admin"]),
        ("active", True),
        ("email_verified", True),
        ("email_verified_at", "2030-01-01T00:00:00Z"),
        ("password_hash", "$argon2id$"),
        ("created_at", "2030-01-01T00:00:00Z"),
    ],
)
async def test_an_account_that_does_not_hold_is_refused(
    visitor: AsyncClient, field: str, value: Any
) -> None:
    answer = await visitor.post(USERS, json=CAROL | {field: value})

    assert_invalid(answer, field)
    assert CAROL["password"] not in answer.text


@pytest.mark.parametrize("field", ["email", "password"])
async def test_what_is_required_is_asked_for(visitor: AsyncClient, field: str) -> None:
    sent = {name: value for name, value in CAROL.items() if name != field}

    assert_invalid(await visitor.post(USERS, json=sent), field)


@pytest.mark.parametrize(
    "password",
    ["15 odd sparrows", LONG[:64], LONG[:80], LONG[:256], " spaces around  ", "пятнадцать букв"],
)
async def test_a_password_may_be_anything_that_is_long(
    visitor: AsyncClient, mailbox: Mailbox, password: str
) -> None:
    sent = CAROL | {"password": password}

    assert (await visitor.post(USERS, json=sent)).status_code == 202
    await visitor.post(VERIFY, json={"token": await mailbox.token(CAROL["email"])})
    assert (await visitor.post(LOGIN, json=sent)).status_code == 200
    for other in (password[:-1], password[:72] + "!", password.upper()):
        assert (await visitor.post(LOGIN, json=sent | {"password": other})).status_code == 401


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword1",
        "P@ssw0rd P@ssw0rd",
        "qwertyuiopasdfgh",
        "x" * 256,
        "carol@example.com",
        "Carol-Carol-2026",
        f"{NAME} {NAME.upper()} {NAME} password",
    ],
)
async def test_a_password_that_anybody_would_try_is_refused(
    visitor: AsyncClient, database: Database, password: str
) -> None:
    answer = await visitor.post(USERS, json=CAROL | {"password": password})

    assert_problem(answer, PasswordCompromised)
    assert password not in answer.text
    assert await stored_hash(database, CAROL["email"]) is None


# One's own account.


async def test_people_see_their_own_account_and_nobody_elses(
    alice: AsyncClient, admin: AsyncClient
) -> None:
    for client, person in ((alice, ALICE), (admin, ADMIN)):
        found = (await client.get(ME)).json()
        assert found.keys() == {"id", "email", "email_verified", "roles", "created_at"}
        assert (found["id"], found["email"]) == (str(person.id), person.email)
        assert found["roles"] == list(person.roles)


async def test_a_visitor_has_no_account(visitor: AsyncClient) -> None:
    assert_problem(await visitor.get(ME), Unauthenticated)


async def test_an_account_that_is_gone_opens_nothing(
    alice: AsyncClient, database: Database
) -> None:
    async with database.apart() as session:
        await session.execute(delete(User).where(User.id == ALICE.id))

    assert_problem(await alice.get(ME), TokenInvalid)
