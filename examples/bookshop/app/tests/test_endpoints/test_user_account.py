import asyncio
from itertools import product
from typing import TypeAlias

import pytest
from httpx import AsyncClient
from sqlalchemy import select, text, update

from app.core.actor import Role
from app.core.errors import Unauthenticated
from app.core.security.tokens import TokenInvalid
from app.db.database import Database
from app.models import Session, User
from app.services.session import LoginFailed
from app.services.user_account import LastAdministrator
from app.services.user_desk import LoginTooOld, MailTokenInvalid
from app.tests.answers import assert_problem
from app.tests.mailbox import Mailbox
from app.tests.people import ALICE, PASSWORD, Person

ME = "/api/v1/users/me"
DEACTIVATE = f"{ME}/deactivate"
AUTH = "/api/v1/auth"
Ways: TypeAlias = tuple[tuple[str, str], tuple[str, str]]
WAYS = [("POST", DEACTIVATE), ("DELETE", ME)]
LOGIN = {"email": ALICE.email, "password": PASSWORD}


async def is_there(database: Database) -> bool:
    async with database.reads() as session:
        return await session.scalar(select(User.id).where(User.id == ALICE.id)) is not None


async def test_a_closed_account_opens_nothing(
    alice: AsyncClient, bob: AsyncClient, visitor: AsyncClient, mailbox: Mailbox
) -> None:
    pair = (await visitor.post(f"{AUTH}/login", json=LOGIN)).json()

    assert (await alice.post(DEACTIVATE)).status_code == 204

    assert_problem(await alice.get(ME), TokenInvalid)
    token = {"refresh_token": pair["refresh_token"]}
    assert (await visitor.post(f"{AUTH}/refresh", json=token)).status_code == 401
    assert_problem(await visitor.post(f"{AUTH}/login", json=LOGIN), LoginFailed)
    assert (await bob.get(ME)).status_code == 200
    assert [each.subject for each in await mailbox.all()] == ["Your account is closed"]


async def test_a_link_from_before_opens_no_closed_account(
    alice: AsyncClient, visitor: AsyncClient, mailbox: Mailbox, database: Database
) -> None:
    await visitor.post(f"{AUTH}/forgot", json={"email": ALICE.email})
    token = await mailbox.token(ALICE.email)

    await alice.post(DEACTIVATE)

    sent = {"token": token, "password": "nine early herons wade"}
    assert_problem(await visitor.post(f"{AUTH}/reset", json=sent), MailTokenInvalid)
    assert await is_there(database)


async def test_a_deleted_account_is_gone_and_its_address_is_free(
    alice: AsyncClient, bob: AsyncClient, visitor: AsyncClient, mailbox: Mailbox, database: Database
) -> None:
    assert (await alice.delete(ME)).status_code == 204

    assert not await is_there(database)
    assert_problem(await alice.get(ME), TokenInvalid)
    assert_problem(await visitor.post(f"{AUTH}/login", json=LOGIN), LoginFailed)
    assert (await bob.get(ME)).status_code == 200
    await visitor.post("/api/v1/users", json=LOGIN)
    told = [each.subject for each in await mailbox.to(ALICE.email)]
    assert told == ["Your account is deleted", "Confirm your address"]


async def test_to_delete_an_account_takes_a_login_of_the_last_five_minutes(
    alice: AsyncClient, database: Database
) -> None:
    async with database.apart() as session:
        earlier = Session.auth_time - text("interval '5 minutes'")
        await session.execute(update(Session).values(auth_time=earlier))

    assert_problem(await alice.delete(ME), LoginTooOld)

    assert await is_there(database)


async def test_a_visitor_has_no_account_to_give_up(visitor: AsyncClient) -> None:
    assert_problem(await visitor.post(DEACTIVATE), Unauthenticated)
    assert_problem(await visitor.delete(ME), Unauthenticated)


# The last one who looks after people's accounts.


@pytest.mark.parametrize(("method", "path"), WAYS)
async def test_the_only_administrator_stays(admin: AsyncClient, method: str, path: str) -> None:
    assert_problem(await admin.request(method, path), LastAdministrator)

    assert (await admin.get(ME)).status_code == 200


@pytest.mark.parametrize(("method", "path"), WAYS)
async def test_an_administrator_goes_if_another_one_stays(
    admin: AsyncClient, database: Database, method: str, path: str
) -> None:
    await make_administrator(database, ALICE)

    assert (await admin.request(method, path)).status_code == 204


async def test_whoever_is_shut_out_looks_after_nobody(
    admin: AsyncClient, database: Database
) -> None:
    await make_administrator(database, ALICE, active=False)

    assert_problem(await admin.post(DEACTIVATE), LastAdministrator)


@pytest.mark.parametrize("ways", list(product(WAYS, repeat=2)))
async def test_of_two_administrators_who_go_at_once_one_stays(
    admin: AsyncClient, alice: AsyncClient, database: Database, ways: Ways
) -> None:
    await make_administrator(database, ALICE)
    first, second = ways

    answers = await asyncio.gather(admin.request(*first), alice.request(*second))

    assert sorted(answer.status_code for answer in answers) == [204, 409]


async def make_administrator(database: Database, person: Person, *, active: bool = True) -> None:
    values = {"role_names": [Role.ADMIN], "active": active}
    async with database.apart() as session:
        await session.execute(update(User).where(User.id == person.id).values(values))
