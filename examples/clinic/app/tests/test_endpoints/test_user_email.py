import asyncio

import pytest
from httpx import AsyncClient
from sqlalchemy import text, update

from app.core.security.tokens import new_mail_token
from app.db.database import Database
from app.models import MailToken
from app.services.session import LoginFailed
from app.services.user_desk import MailTokenInvalid
from app.tests.answers import assert_invalid, assert_problem
from app.tests.mailbox import Mailbox
from app.tests.people import ALICE

USERS, ME = "/api/v1/users", "/api/v1/users/me"
LOGIN = "/api/v1/auth/login"
VERIFY, AGAIN = "/api/v1/auth/verify", "/api/v1/auth/verification"
CAROL = {"email": "carol@example.com", "password": "correct horse battery staple ☃"}
OTHER = CAROL | {"password": "a second password for carol"}


async def confirm(visitor: AsyncClient, token: str) -> int:
    return (await visitor.post(VERIFY, json={"token": token})).status_code


async def status_of_login(visitor: AsyncClient, login: dict[str, str]) -> int:
    return (await visitor.post(LOGIN, json=login)).status_code


async def test_a_link_works_once(visitor: AsyncClient, mailbox: Mailbox) -> None:
    await visitor.post(USERS, json=CAROL)
    token = await mailbox.token(CAROL["email"])

    assert await confirm(visitor, token) == 204
    assert_problem(await visitor.post(VERIFY, json={"token": token}), MailTokenInvalid)

    assert await status_of_login(visitor, CAROL) == 200


async def test_a_link_works_once_however_often_it_is_opened_at_the_same_time(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    await visitor.post(USERS, json=CAROL)
    token = await mailbox.token(CAROL["email"])

    statuses = await asyncio.gather(*(confirm(visitor, token) for _ in range(5)))

    assert sorted(statuses) == [204, 400, 400, 400, 400]


async def test_only_the_newest_link_works(visitor: AsyncClient, mailbox: Mailbox) -> None:
    await visitor.post(USERS, json=CAROL)
    first = await mailbox.token(CAROL["email"])
    again = await visitor.post(AGAIN, json={"email": CAROL["email"].upper()})
    second = await mailbox.token(CAROL["email"])

    assert (again.status_code, again.json().keys()) == (202, {"message"})
    assert await confirm(visitor, first) == 400
    assert await confirm(visitor, second) == 204


async def test_the_last_password_counts_until_an_address_is_confirmed(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    await visitor.post(USERS, json=CAROL)
    first = await mailbox.token(CAROL["email"])
    await visitor.post(USERS, json=OTHER)

    assert await confirm(visitor, first) == 400
    assert await confirm(visitor, await mailbox.token(CAROL["email"])) == 204
    assert await status_of_login(visitor, CAROL) == 401
    assert await status_of_login(visitor, OTHER) == 200


async def test_nobody_signs_in_before_the_address_is_confirmed(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    await visitor.post(USERS, json=CAROL)

    right = await visitor.post(LOGIN, json=CAROL)
    wrong = await visitor.post(LOGIN, json=OTHER)

    assert_problem(right, LoginFailed)
    assert right.json() | {"request_id": ""} == wrong.json() | {"request_id": ""}


async def test_a_link_works_for_a_day(
    visitor: AsyncClient, mailbox: Mailbox, database: Database
) -> None:
    await visitor.post(USERS, json=CAROL)
    token = await mailbox.token(CAROL["email"])
    await pass_hours(database, 24)

    assert await confirm(visitor, token) == 400
    assert await status_of_login(visitor, CAROL) == 401


async def pass_hours(database: Database, hours: int) -> None:
    earlier = MailToken.expires_at - text(f"interval '{hours} hours'")
    async with database.apart() as session:
        await session.execute(update(MailToken).values(expires_at=earlier))


async def test_people_whose_address_is_confirmed_get_no_other_link(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    for email in (ALICE.email, "nobody@example.com"):
        assert (await visitor.post(AGAIN, json={"email": email})).status_code == 202

    assert await mailbox.all() == []


@pytest.mark.parametrize(
    "token", ["", "bsm_", "bsr_" + 43 * "t", "bsm_" + 43 * "t" + "=", "bsm_" + 42 * "t", None, 1]
)
async def test_what_is_no_token_is_refused(visitor: AsyncClient, token: object) -> None:
    assert_invalid(await visitor.post(VERIFY, json={"token": token}), "token")


async def test_a_token_that_nobody_was_sent_is_refused(visitor: AsyncClient) -> None:
    answer = await visitor.post(VERIFY, json={"token": new_mail_token()})

    assert_problem(answer, MailTokenInvalid)
