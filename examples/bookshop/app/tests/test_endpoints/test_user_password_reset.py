import asyncio

import pytest
from httpx import AsyncClient
from sqlalchemy import text, update

from app.core.security.guesses import PasswordCompromised
from app.core.security.tokens import TokenInvalid, new_mail_token
from app.db.database import Database
from app.models import MailToken, User
from app.services.user_desk import MailTokenInvalid
from app.tests.answers import assert_invalid, assert_problem
from app.tests.mailbox import Mailbox
from app.tests.people import ALICE, BOB, PASSWORD

ME = "/api/v1/users/me"
LOGIN, REFRESH = "/api/v1/auth/login", "/api/v1/auth/refresh"
FORGOT, RESET = "/api/v1/auth/forgot", "/api/v1/auth/reset"
VERIFY = "/api/v1/auth/verify"
NEW = "nine early herons wade"


async def forget(visitor: AsyncClient, mailbox: Mailbox) -> str:
    """Ask for a new password as Alice, and read the token in her mail."""
    answer = await visitor.post(FORGOT, json={"email": ALICE.email.upper()})
    assert (answer.status_code, answer.json().keys()) == (202, {"message"})
    return await mailbox.token(ALICE.email)


async def reset(visitor: AsyncClient, token: str, password: str = NEW) -> int:
    return (await visitor.post(RESET, json={"token": token, "password": password})).status_code


async def login(visitor: AsyncClient, password: str) -> int:
    sent = {"email": ALICE.email, "password": password}
    return (await visitor.post(LOGIN, json=sent)).status_code


async def test_whoever_forgot_a_password_sets_a_new_one(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    token = await forget(visitor, mailbox)

    assert await reset(visitor, token) == 204

    assert await login(visitor, PASSWORD) == 401
    assert await login(visitor, NEW) == 200
    told = [each.subject for each in await mailbox.to(ALICE.email)]
    assert told == ["Choose a new password", "You have a new password"]


async def test_r8_1_a_token_works_once(visitor: AsyncClient, mailbox: Mailbox) -> None:
    token = await forget(visitor, mailbox)
    await reset(visitor, token)

    again = await visitor.post(RESET, json={"token": token, "password": PASSWORD})

    assert_problem(again, MailTokenInvalid)
    assert await login(visitor, NEW) == 200


async def test_r8_2_an_older_token_does_not_work_after_a_newer_one(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    older = await forget(visitor, mailbox)
    newer = await forget(visitor, mailbox)

    assert await reset(visitor, older) == 400
    assert await reset(visitor, newer) == 204


async def test_r8_3_a_token_works_for_half_an_hour(
    visitor: AsyncClient, mailbox: Mailbox, database: Database
) -> None:
    for minutes, status in ((29, 204), (30, 400)):
        token = await forget(visitor, mailbox)
        async with database.apart() as session:
            earlier = MailToken.expires_at - text(f"interval '{minutes} minutes'")
            await session.execute(update(MailToken).values(expires_at=earlier))

        assert await reset(visitor, token) == status


async def test_r8_4_every_session_ends(
    visitor: AsyncClient, alice: AsyncClient, bob: AsyncClient, mailbox: Mailbox
) -> None:
    sent = {"email": ALICE.email, "password": PASSWORD}
    pair = (await visitor.post(LOGIN, json=sent)).json()

    await reset(visitor, await forget(visitor, mailbox))

    assert_problem(await alice.get(ME), TokenInvalid)
    bearer = {"Authorization": f"Bearer {pair['access_token']}"}
    assert_problem(await visitor.get(ME, headers=bearer), TokenInvalid)
    refreshed = await visitor.post(REFRESH, json={"refresh_token": pair["refresh_token"]})
    assert refreshed.status_code == 401
    assert (await bob.get(ME)).status_code == 200


async def test_r8_5_of_several_at_once_one_wins(visitor: AsyncClient, mailbox: Mailbox) -> None:
    token = await forget(visitor, mailbox)

    statuses = await asyncio.gather(*(reset(visitor, token) for _ in range(3)))

    assert sorted(statuses) == [204, 400, 400]


async def test_r8_6_a_token_of_one_purpose_is_no_other(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    token = await forget(visitor, mailbox)

    for address in (VERIFY, "/api/v1/auth/email/confirm"):
        assert_problem(await visitor.post(address, json={"token": token}), MailTokenInvalid)
    bearer = {"Authorization": f"Bearer {token}"}
    assert_problem(await visitor.get(ME, headers=bearer), TokenInvalid)
    assert await reset(visitor, token) == 204


async def test_r8_7_the_database_holds_no_token(
    visitor: AsyncClient, mailbox: Mailbox, database: Database
) -> None:
    token = await forget(visitor, mailbox)

    async with database.reads() as session:
        rows = (await session.execute(text("SELECT mail_tokens::text FROM mail_tokens"))).all()
    assert rows
    assert token not in str(rows)
    assert token.encode().hex() not in str(rows)


async def test_a_password_that_is_refused_does_not_use_the_link_up(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    token = await forget(visitor, mailbox)

    short = await visitor.post(RESET, json={"token": token, "password": "short"})
    assert_invalid(short, "password")
    known = await visitor.post(RESET, json={"token": token, "password": "passwordpassword1"})
    assert_problem(known, PasswordCompromised)
    assert await reset(visitor, token) == 204


async def test_a_link_to_a_new_password_confirms_the_address_as_well(
    visitor: AsyncClient, mailbox: Mailbox, database: Database
) -> None:
    async with database.apart() as session:
        await session.execute(update(User).values(email_verified_at=None))
    assert await login(visitor, PASSWORD) == 401

    await reset(visitor, await forget(visitor, mailbox))

    assert await login(visitor, NEW) == 200


@pytest.mark.parametrize("changes", [{"active": False}, {"password_hash": None}])
async def test_whoever_may_not_sign_in_by_password_is_sent_nothing(
    visitor: AsyncClient, mailbox: Mailbox, database: Database, changes: dict[str, object]
) -> None:
    async with database.apart() as session:
        await session.execute(update(User).where(User.id == BOB.id).values(changes))

    for email in (BOB.email, "nobody@example.com"):
        assert (await visitor.post(FORGOT, json={"email": email})).status_code == 202

    assert await mailbox.all() == []


async def test_a_token_that_nobody_was_sent_is_refused(visitor: AsyncClient) -> None:
    answer = await visitor.post(RESET, json={"token": new_mail_token(), "password": NEW})

    assert_problem(answer, MailTokenInvalid)
