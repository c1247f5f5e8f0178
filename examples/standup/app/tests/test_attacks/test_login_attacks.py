"""Attacks on the login, as SECURITY.md section 4.4 numbers them."""

import asyncio
import inspect
import random
import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from pydantic import SecretStr
from sqlalchemy import func, select, update

from app.core.config import Settings
from app.core.security import lanes
from app.core.settings import RedisSettings
from app.db.database import Database, DatabaseAway
from app.models import LoginLane
from app.repositories import login_lane as repository
from app.services import login_lane as service
from app.services.login_lane import LoginDelayed, LoginStopped
from app.services.session import LoginFailed
from app.tests.answers import assert_invalid, assert_problem
from app.tests.apps import running, with_database
from app.tests.mailbox import Mailbox
from app.tests.network import nobody_listens
from app.tests.people import ADMIN, ALICE, BOB, PASSWORD
from app.tests.test_attacks.guessing import LOGIN, Counted, at, guess, later, sign_in, told

TOKEN = "/api/v1/auth/token"
REFRESH = "/api/v1/auth/refresh"
PATIENCE = 3.0
"""Seconds; whoever waited for Redis once would need them all."""


@pytest.fixture(autouse=True)
def hashes(app: FastAPI) -> Iterator[Counted]:
    before = app.state.passwords
    app.state.passwords = Counted()
    yield app.state.passwords
    app.state.passwords = before


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait longer than they have to."""
    monkeypatch.setattr(random, "randint", lambda least, _most: least)


@pytest.fixture
def attacker(app: FastAPI) -> AsyncClient:
    return at(app, "198.51.100.66")


@pytest.fixture
def owner(app: FastAPI) -> AsyncClient:
    return at(app, "192.0.2.7")


def addresses() -> Iterator[str]:
    return (f"203.0.{third}.{fourth}" for third in range(256) for fourth in range(1, 255))


async def test_1_guesses_in_a_row_come_to_an_end(attacker: AsyncClient, hashes: Counted) -> None:
    for _ in range(5):
        assert_problem(await guess(attacker), LoginFailed)

    for answer in (await guess(attacker), await sign_in(attacker)):
        assert_problem(answer, LoginDelayed)
        assert 1 <= int(answer.headers["Retry-After"]) <= 14
        assert not [name for name in answer.headers if "ratelimit" in name.lower()]
    assert hashes.times == 5


@pytest.mark.thorough
async def test_2_a_hundred_guesses_at_once_are_five(attacker: AsyncClient, hashes: Counted) -> None:
    answers = await asyncio.gather(*(guess(attacker) for _ in range(100)))

    assert {answer.status_code for answer in answers} == {401, 429}
    assert hashes.times == 5


async def test_2_guesses_at_once_from_everywhere_are_five(app: FastAPI, hashes: Counted) -> None:
    froms = [at(app, address) for address, _ in zip(addresses(), range(40), strict=False)]

    await asyncio.gather(*(guess(client) for client in froms))

    # The sixth is allowed after a second.
    assert 5 <= hashes.times <= 6


@pytest.mark.parametrize(
    "name",
    [
        "X-Forwarded-For",
        "X_FORWARDED_FOR",
        "X-Real-IP",
        "Forwarded",
        "True-Client-IP",
        "CF-Connecting-IP",
        "X-Client-IP",
        "Client-IP",
        "X-Original-Forwarded-For",
        "Via",
    ],
)
async def test_3_a_header_is_no_other_address(
    attacker: AsyncClient, hashes: Counted, name: str
) -> None:
    for turn in range(10):
        form = f"for=203.0.113.{turn}" if name == "Forwarded" else f"203.0.113.{turn}"
        await guess(attacker, headers={name: form, "User-Agent": str(turn)})

    assert hashes.times == 5


@pytest.mark.usefixtures("exact")
async def test_4_an_account_that_nobody_has_is_held_up_alike(app: FastAPI) -> None:
    somebody, nobody = at(app, "198.51.100.1"), at(app, "198.51.100.2")

    known = [told(await guess(somebody, ALICE.email)) for _ in range(8)]
    unknown = [told(await guess(nobody, "nobody@example.com")) for _ in range(8)]

    assert [status for status, _, _ in known] == [*[401] * 5, *[429] * 3]
    assert known == unknown


@pytest.mark.thorough
async def test_5_one_guess_for_each_of_many_comes_to_an_end(
    attacker: AsyncClient, hashes: Counted
) -> None:
    for number in range(50):
        await guess(attacker, f"person{number}@example.com")

    assert hashes.times == 10
    assert_problem(await sign_in(attacker, BOB.email), LoginDelayed)


@pytest.mark.thorough
async def test_5_one_address_has_twenty_guesses_whoever_they_are_for(
    attacker: AsyncClient, hashes: Counted
) -> None:
    for person in (ALICE, BOB, ADMIN, ALICE, BOB, ADMIN):
        for _ in range(5):
            await guess(attacker, person.email)
    for number in range(10):
        await guess(attacker, f"person{number}@example.com")

    assert hashes.times == 20


@pytest.mark.thorough
async def test_6_whoever_is_attacked_gets_in_all_the_same(
    app: FastAPI, owner: AsyncClient, database: Database, hashes: Counted
) -> None:
    pair = (await sign_in(owner)).json()
    for address, _ in zip(addresses(), range(30), strict=False):
        assert_problem(await guess(at(app, address)), LoginFailed)
        await later(database, minutes=15)
    assert_problem(await guess(at(app, "198.51.100.66")), LoginFailed)

    assert_problem(await sign_in(at(app, "192.0.2.8")), LoginDelayed)
    assert (await sign_in(owner)).status_code == 200
    refreshed = await owner.post(REFRESH, json={"refresh_token": pair["refresh_token"]})
    assert refreshed.status_code == 200
    # It was the device that was known, not the address.
    owner.cookies.clear()
    assert_problem(await sign_in(owner), LoginDelayed)


@pytest.mark.thorough
async def test_7_a_login_of_ones_own_in_between_wins_no_guesses(
    attacker: AsyncClient, hashes: Counted
) -> None:
    for _ in range(10):
        await guess(attacker)
        attacker.cookies.clear()
        assert (await sign_in(attacker, BOB.email)).status_code == 200

    assert hashes.times == 5 + 10


async def test_7_a_mark_for_ones_own_account_is_none_for_another(
    attacker: AsyncClient, hashes: Counted
) -> None:
    assert (await sign_in(attacker, BOB.email)).status_code == 200

    for _ in range(10):
        await guess(attacker)

    assert hashes.times == 1 + 5


@pytest.mark.parametrize(
    "spelt",
    ["ALICE@example.com", "Alice@EXAMPLE.com", "alice@\uff45xample.com", "\uff41lice@example.com"],
)
async def test_8_another_spelling_is_the_same_account(
    attacker: AsyncClient, hashes: Counted, spelt: str
) -> None:
    for _ in range(5):
        await guess(attacker)

    assert_problem(await sign_in(attacker, spelt), LoginDelayed)
    assert hashes.times == 5


@pytest.mark.parametrize(
    "spelt",
    [
        " alice@example.com",
        "alice@example.com\n",
        "alice@example.com\u200b",
        "alice@example.com.",
    ],
)
async def test_8_what_is_no_address_is_not_looked_for(
    attacker: AsyncClient, hashes: Counted, spelt: str
) -> None:
    assert_invalid(await sign_in(attacker, spelt), "email")
    assert hashes.times == 0


async def test_9_a_token_that_is_junk_is_no_other_caller(
    attacker: AsyncClient, hashes: Counted
) -> None:
    for turn in range(10):
        await guess(attacker, headers={"Authorization": f"Bearer junk{turn}"})

    assert hashes.times == 5


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/auth/login/",
        "//api/v1/auth/login",
        "/api/v1//auth/login",
        "/api/v1/auth/LOGIN",
        "/api/v1/auth/%6Cogin",
        "/api/v1/auth/./login",
        "/api/v1/auth/x/../login",
        "/api/v1/auth/login;x=1",
        "/api/v1/auth/login?x=1",
    ],
)
async def test_10_another_way_to_write_the_path_is_no_other_lane(
    attacker: AsyncClient, hashes: Counted, path: str
) -> None:
    for _ in range(5):
        await guess(attacker)

    answer = await attacker.post(path, json={"email": ALICE.email, "password": PASSWORD})

    assert answer.status_code in {404, 429}
    assert hashes.times == 5


async def test_10_the_form_of_the_docs_page_is_no_other_lane(
    attacker: AsyncClient, hashes: Counted
) -> None:
    form = {"grant_type": "password", "username": "Alice@Example.com", "password": PASSWORD}
    for _ in range(5):
        await guess(attacker)

    assert_problem(await attacker.post(TOKEN, data=form), LoginDelayed)
    assert hashes.times == 5


@pytest.mark.usefixtures("app")
async def test_11_without_redis_there_are_as_few_guesses(settings: Settings) -> None:
    gone = RedisSettings(url=SecretStr("redis://127.0.0.1:1/0"))
    async with running(settings.model_copy(update={"redis": gone})) as app:
        hashes = app.state.passwords = Counted()
        attacker = at(app, "198.51.100.66")

        answers = [(await guess(attacker)).status_code for _ in range(8)]

    assert answers == [*[401] * 5, *[429] * 3]
    assert hashes.times == 5


@pytest.mark.usefixtures("app")
async def test_12_a_redis_that_says_nothing_is_not_waited_for(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = SecretStr(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        redis = RedisSettings(url=url, timeout=PATIENCE)
        async with running(settings.model_copy(update={"redis": redis})) as app:
            attacker, owner = at(app, "198.51.100.66"), at(app, "192.0.2.7")

            async with asyncio.timeout(PATIENCE):
                answers = [(await guess(attacker, BOB.email)).status_code for _ in range(8)]
                assert (await sign_in(owner)).status_code == 200

    assert answers == [*[401] * 5, *[429] * 3]


async def test_12_without_a_database_nobody_is_let_in(settings: Settings) -> None:
    gone = with_database(settings, url=nobody_listens(settings.database.url.get_secret_value()))
    async with running(gone) as app:
        hashes = app.state.passwords = Counted()

        refused = await sign_in(at(app, "192.0.2.7"))
        assert_problem(refused, DatabaseAway)
        assert int(refused.headers["Retry-After"]) > 0

    assert hashes.times == 0


@pytest.mark.usefixtures("app")
async def test_13_two_processes_count_together(settings: Settings) -> None:
    async with running(settings) as one, running(settings) as other:
        hashes = one.state.passwords = other.state.passwords = Counted()
        doors = [at(one, "198.51.100.66"), at(other, "198.51.100.66")]

        await asyncio.gather(*(guess(door) for _ in range(20) for door in doors))

    assert hashes.times == 5


async def test_14_there_is_no_edge_of_a_window(
    attacker: AsyncClient, database: Database, hashes: Counted
) -> None:
    for seconds in (0, 59.5, 1):
        await later(database, seconds=seconds)
        for _ in range(6):
            await guess(attacker, "nobody@example.com")

    # All five have come back after a minute, and none in the second after that.
    assert hashes.times <= 10


@pytest.mark.parametrize("right", [True, False])
async def test_15_who_waits_as_long_as_told_may_try(
    attacker: AsyncClient, database: Database, right: bool
) -> None:
    for _ in range(9):
        refused = await guess(attacker)

    await later(database, seconds=int(refused.headers["Retry-After"]))

    answer = await (sign_in(attacker) if right else guess(attacker))
    assert answer.status_code == (200 if right else 401)


@pytest.mark.usefixtures("exact")
async def test_15_who_waits_less_than_told_may_not(
    attacker: AsyncClient, database: Database
) -> None:
    for _ in range(6):
        refused = await guess(attacker)

    await later(database, seconds=int(refused.headers["Retry-After"]) - 1.5)

    assert_problem(await sign_in(attacker), LoginDelayed)


def test_16_no_clock_is_asked_but_the_databases() -> None:
    for module in (lanes, repository, service):
        told = inspect.getsource(module)
        assert "\nimport time" not in told
        assert "datetime.now" not in told


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "GET", "PUT"])
async def test_17_what_is_no_try_is_not_counted(
    attacker: AsyncClient, database: Database, method: str
) -> None:
    for _ in range(10):
        assert (await attacker.request(method, LOGIN)).status_code == 405

    async with database.reads() as session:
        assert await session.scalar(select(func.count(LoginLane.id))) == 0
    assert (await sign_in(attacker)).status_code == 200


async def test_18_what_is_over_is_swept(
    attacker: AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        await guess(attacker, f"person{number}@example.com")
    await guess(attacker)

    await later(database, hours=30)
    monkeypatch.setattr(service, "SWEPT", 1)
    await guess(attacker)

    async with database.reads() as session:
        assert await session.scalar(select(func.count(LoginLane.id))) == 4


# What else holds in the lanes.
@pytest.mark.thorough
async def test_each_failure_costs_an_attacker_from_everywhere_twice_as_much(
    app: FastAPI, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "randint", lambda least, _most: least)
    waits = []
    for address, _ in zip(addresses(), range(17), strict=False):
        if (answer := await guess(at(app, address))).status_code == 429:
            waits.append(int(answer.headers["Retry-After"]))
            await later(database, seconds=waits[-1])
            assert_problem(await guess(at(app, address)), LoginFailed)

    assert waits[-8:] == [16, 32, 64, 128, 256, 512, 900, 900]


async def test_after_a_hundred_failures_only_a_known_device_or_mail_helps(
    app: FastAPI, owner: AsyncClient, database: Database, hashes: Counted
) -> None:
    assert (await sign_in(owner)).status_code == 200
    await guess(at(app, "203.0.113.1"))
    account = app.state.lanes.digest("account", ALICE.email)
    in_a_month = func.now() + timedelta(days=30)
    async with database.apart() as session:
        await session.execute(
            update(LoginLane)
            .where(LoginLane.digest == account)
            .values(tries=99, expires_at=in_a_month)
        )
    assert_problem(await guess(at(app, "203.0.113.2")), LoginFailed)

    await later(database, days=29)

    stranger = at(app, "203.0.113.3")
    assert_problem(await sign_in(stranger), LoginStopped)
    assert (await sign_in(owner)).status_code == 200


@pytest.mark.thorough
async def test_a_known_device_has_guesses_of_its_own_and_they_end_too(
    owner: AsyncClient, hashes: Counted
) -> None:
    assert (await sign_in(owner)).status_code == 200

    answers = [(await guess(owner)).status_code for _ in range(12)]

    assert answers == [*[401] * 10, *[429] * 2]
    # The lanes of strangers are as empty as before.
    owner.cookies.clear()
    assert (await sign_in(owner)).status_code == 200


@pytest.mark.thorough
async def test_a_login_that_was_right_is_not_counted(owner: AsyncClient, hashes: Counted) -> None:
    for _ in range(4):
        await guess(owner)
    for _ in range(30):
        assert (await sign_in(owner)).status_code == 200
        owner.cookies.clear()

    assert hashes.times == 34


async def test_whoever_has_an_ipv6_address_has_all_of_its_network(
    app: FastAPI, hashes: Counted
) -> None:
    for number in range(10):
        await guess(at(app, f"2001:db8::{number:x}:1"))
    assert hashes.times == 5

    assert_problem(await guess(at(app, "2001:db8:0:1::1"), BOB.email), LoginFailed)


async def test_a_new_password_by_mail_lets_its_owner_in_again(
    app: FastAPI, mailbox: Mailbox, database: Database
) -> None:
    for address, _ in zip(addresses(), range(12), strict=False):
        await guess(at(app, address))
        await later(database, minutes=15)
    await guess(at(app, "203.0.113.1"))
    owner = at(app, "192.0.2.7")
    assert_problem(await sign_in(owner), LoginDelayed)

    # Lanes hold up neither the mail nor the new password.
    await owner.post("/api/v1/auth/forgot", json={"email": ALICE.email})
    reset = {"token": await mailbox.token(ALICE.email), "password": "nine early herons wade"}
    assert (await owner.post("/api/v1/auth/reset", json=reset)).status_code == 204

    assert_problem(await guess(owner), LoginFailed)
