from typing import Any

import pytest
from httpx import AsyncClient

from app.core.errors import Unauthenticated
from app.core.security.guesses import PasswordCompromised
from app.core.security.tokens import TokenInvalid
from app.services.login_lane import LoginDelayed
from app.services.session import LoginFailed, RefreshInvalid
from app.services.user_password import PasswordWrong
from app.tests.answers import assert_invalid, assert_problem
from app.tests.logins import AUTH, bearer, me, refresh, sign_in
from app.tests.mailbox import Mailbox
from app.tests.people import ALICE, PASSWORD

CHANGE = f"{AUTH}/password"
NEW = "nine early herons wade"
CHANGES = {"current_password": PASSWORD, "new_password": NEW}


async def test_whoever_knows_the_old_password_sets_a_new_one(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    here, elsewhere = await sign_in(visitor), await sign_in(visitor)

    changed = await visitor.post(CHANGE, json=CHANGES, headers=bearer(here))

    assert changed.status_code == 200
    assert (await me(visitor, changed.json())).json()["email"] == ALICE.email
    assert (await refresh(visitor, changed.json())).status_code == 200
    for pair in (here, elsewhere):
        assert_problem(await me(visitor, pair), TokenInvalid)
        assert_problem(await refresh(visitor, pair), RefreshInvalid)
    old = {"email": ALICE.email, "password": PASSWORD}
    assert_problem(await visitor.post(f"{AUTH}/login", json=old), LoginFailed)
    new = old | {"password": NEW}
    assert (await visitor.post(f"{AUTH}/login", json=new)).status_code == 200
    assert [mail.subject for mail in await mailbox.to(ALICE.email)] == ["You have a new password"]


async def test_a_stolen_token_does_not_change_a_password(
    alice: AsyncClient, bob: AsyncClient, mailbox: Mailbox
) -> None:
    guess = CHANGES | {"current_password": "a guess like any other"}

    for _ in range(10):
        assert_problem(await alice.post(CHANGE, json=guess), PasswordWrong)
    refused = await alice.post(CHANGE, json=CHANGES)

    assert_problem(refused, LoginDelayed)
    assert int(refused.headers["Retry-After"]) >= 1
    assert (await alice.get("/api/v1/users/me")).status_code == 200
    # It is her that is counted, and nobody else; nor does it hold up her logins.
    assert (await bob.post(CHANGE, json=CHANGES)).status_code == 200
    assert await sign_in(alice)


@pytest.mark.parametrize("password", ["passwordpassword1", "alice-alice-2026!", ALICE.email])
async def test_a_new_password_is_judged(alice: AsyncClient, password: str) -> None:
    refused = await alice.post(CHANGE, json=CHANGES | {"new_password": password})

    assert_problem(refused, PasswordCompromised)
    assert (await alice.post(CHANGE, json=CHANGES)).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("current_password", None),
        ("current_password", "x" * 257),
        ("new_password", "fourteen chars"),
        ("new_password", "x" * 257),
        ("new_password", "NUL \x00 and enough letters"),
        ("user_id", str(ALICE.id)),
    ],
)
async def test_what_does_not_hold_is_refused(alice: AsyncClient, field: str, value: Any) -> None:
    assert_invalid(await alice.post(CHANGE, json=CHANGES | {field: value}), field)


async def test_a_visitor_has_no_password_to_change(visitor: AsyncClient) -> None:
    assert_problem(await visitor.post(CHANGE, json=CHANGES), Unauthenticated)
