import pytest
from httpx import AsyncClient
from sqlalchemy import text, update

from app.core.errors import Unauthenticated
from app.core.security.tokens import TokenInvalid
from app.db.database import Database
from app.models import MailToken, Session, User
from app.services.user_desk import LoginTooOld, MailTokenInvalid
from app.services.user_email_change import EmailTaken
from app.tests.answers import assert_problem
from app.tests.mailbox import Mailbox
from app.tests.people import ALICE, BOB, PASSWORD

ME = "/api/v1/users/me"
AUTH = "/api/v1/auth"
CHANGE, CONFIRM = f"{AUTH}/email", f"{AUTH}/email/confirm"
NEW = "alice@example.org"


async def ask(alice: AsyncClient, email: str = NEW) -> None:
    answer = await alice.post(CHANGE, json={"email": email})
    assert (answer.status_code, answer.json().keys()) == (202, {"message"})


async def login(visitor: AsyncClient, email: str) -> int:
    sent = {"email": email, "password": PASSWORD}
    return (await visitor.post(f"{AUTH}/login", json=sent)).status_code


async def test_an_address_changes_once_the_new_one_is_read_and_the_old_one_is_told(
    alice: AsyncClient, visitor: AsyncClient, mailbox: Mailbox
) -> None:
    await ask(alice, NEW.upper())
    assert (await alice.get(ME)).json()["email"] == ALICE.email

    confirmed = await alice.post(CONFIRM, json={"token": await mailbox.token(NEW)})

    assert confirmed.status_code == 204
    me = (await alice.get(ME)).json()
    assert (me["email"], me["email_verified"]) == (NEW, True)
    assert await login(visitor, ALICE.email) == 401
    assert await login(visitor, NEW) == 200
    told = [each.subject for each in await mailbox.to(ALICE.email)]
    assert told == ["Your address is about to change", "Your address has changed"]


async def test_r7_1_it_takes_a_login_of_the_last_five_minutes(
    alice: AsyncClient, database: Database, mailbox: Mailbox
) -> None:
    async with database.apart() as session:
        earlier = Session.auth_time - text("interval '5 minutes'")
        await session.execute(update(Session).values(auth_time=earlier))

    assert_problem(await alice.post(CHANGE, json={"email": NEW}), LoginTooOld)

    assert await mailbox.all() == []


async def test_r7_2_to_renew_a_session_is_no_login(
    visitor: AsyncClient, database: Database
) -> None:
    sent = {"email": ALICE.email, "password": PASSWORD}
    pair = (await visitor.post(f"{AUTH}/login", json=sent)).json()
    async with database.apart() as session:
        earlier = Session.auth_time - text("interval '5 minutes'")
        await session.execute(update(Session).values(auth_time=earlier))

    token = {"refresh_token": pair["refresh_token"]}
    pair = (await visitor.post(f"{AUTH}/refresh", json=token)).json()
    headers = {"Authorization": f"Bearer {pair['access_token']}"}

    refused = await visitor.post(CHANGE, json={"email": NEW}, headers=headers)
    assert_problem(refused, LoginTooOld)


async def test_r7_3_other_sessions_end_and_this_one_stays(
    alice: AsyncClient, bob: AsyncClient, visitor: AsyncClient, mailbox: Mailbox
) -> None:
    sent = {"email": ALICE.email, "password": PASSWORD}
    pair = (await visitor.post(f"{AUTH}/login", json=sent)).json()
    other = {"Authorization": f"Bearer {pair['access_token']}"}
    await ask(alice)

    await alice.post(CONFIRM, json={"token": await mailbox.token(NEW)})

    assert_problem(await visitor.get(ME, headers=other), TokenInvalid)
    assert (await alice.get(ME)).status_code == 200
    assert (await bob.get(ME)).status_code == 200


async def test_a_link_may_be_opened_where_nobody_is_signed_in_and_then_all_sessions_end(
    alice: AsyncClient, visitor: AsyncClient, mailbox: Mailbox
) -> None:
    await ask(alice)

    confirmed = await visitor.post(CONFIRM, json={"token": await mailbox.token(NEW)})

    assert confirmed.status_code == 204
    assert_problem(await alice.get(ME), TokenInvalid)


async def test_somebody_elses_link_changes_their_account_and_not_mine(
    alice: AsyncClient, bob: AsyncClient, mailbox: Mailbox
) -> None:
    await ask(alice)

    await bob.post(CONFIRM, json={"token": await mailbox.token(NEW)})

    assert (await bob.get(ME)).json()["email"] == BOB.email
    assert_problem(await alice.get(ME), TokenInvalid)


async def test_a_link_works_once_for_half_an_hour_and_until_a_newer_one(
    alice: AsyncClient, database: Database, mailbox: Mailbox
) -> None:
    await ask(alice)
    older = await mailbox.token(NEW)
    await ask(alice, "second@example.org")
    newer = await mailbox.token("second@example.org")

    assert_problem(await alice.post(CONFIRM, json={"token": older}), MailTokenInvalid)
    async with database.apart() as session:
        earlier = MailToken.expires_at - text("interval '30 minutes'")
        await session.execute(update(MailToken).values(expires_at=earlier))
    assert_problem(await alice.post(CONFIRM, json={"token": newer}), MailTokenInvalid)
    await ask(alice)
    token = {"token": await mailbox.token(NEW)}
    assert (await alice.post(CONFIRM, json=token)).status_code == 204
    assert_problem(await alice.post(CONFIRM, json=token), MailTokenInvalid)


async def test_r9_4_only_the_mail_tells_that_an_address_has_an_account(
    alice: AsyncClient, mailbox: Mailbox
) -> None:
    answers = [await alice.post(CHANGE, json={"email": each}) for each in (NEW, BOB.email)]

    assert [each.status_code for each in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert [each.subject for each in await mailbox.to(BOB.email)] == ["You have an account"]


async def test_an_address_that_was_taken_meanwhile_stays_its_persons(
    alice: AsyncClient, database: Database, mailbox: Mailbox
) -> None:
    await ask(alice)
    async with database.apart() as session:
        await session.execute(update(User).where(User.id == BOB.id).values(email=NEW))

    refused = await alice.post(CONFIRM, json={"token": await mailbox.token(NEW)})

    assert_problem(refused, EmailTaken)
    assert (await alice.get(ME)).json()["email"] == ALICE.email


async def test_nobody_keeps_an_address_by_signing_up_with_it_and_never_confirming(
    alice: AsyncClient, visitor: AsyncClient, mailbox: Mailbox
) -> None:
    squatted = {"email": NEW, "password": "a squatter of addresses"}
    await visitor.post("/api/v1/users", json=squatted)
    squatters = await mailbox.token(NEW)
    await ask(alice)

    token = {"token": await mailbox.token(NEW)}
    assert (await alice.post(CONFIRM, json=token)).status_code == 204

    assert (await alice.get(ME)).json()["email"] == NEW
    await visitor.post(f"{AUTH}/verify", json={"token": squatters})
    assert (await visitor.post(f"{AUTH}/login", json=squatted)).status_code == 401


async def test_a_link_to_a_new_password_that_went_to_the_old_address_works_no_more(
    alice: AsyncClient, visitor: AsyncClient, mailbox: Mailbox
) -> None:
    await ask(alice)
    change = await mailbox.token(NEW)
    await visitor.post(f"{AUTH}/forgot", json={"email": ALICE.email})
    forgotten = await mailbox.token(ALICE.email)

    await alice.post(CONFIRM, json={"token": change})

    sent = {"token": forgotten, "password": "nine early herons wade"}
    assert_problem(await visitor.post(f"{AUTH}/reset", json=sent), MailTokenInvalid)


@pytest.mark.parametrize("body", [{"email": NEW}, {}])
async def test_a_visitor_changes_no_address(visitor: AsyncClient, body: dict[str, str]) -> None:
    assert_problem(await visitor.post(CHANGE, json=body), Unauthenticated)
