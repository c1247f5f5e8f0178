"""Does somebody have an account? (R9 of the standard, ASVS 6.3.8): nobody can tell from outside.

Work is counted, not timed: hashes, statements in their order, and what is written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import update

from app.core.logging import configure_logging
from app.core.security.passwords import Passwords
from app.core.settings import LogSettings
from app.db.database import Database
from app.models import User
from app.services import login_lane
from app.tests.mailbox import Mailbox
from app.tests.people import ALICE, BOB
from app.tests.queries import counted

AUTH = "/api/v1/auth"
NOBODY = "nobody@example.com"
KNOWN, UNCONFIRMED, SHUT_OUT = ALICE.email, BOB.email, "admin@example.com"
EVERYBODY = (NOBODY, KNOWN, UNCONFIRMED, SHUT_OUT)
WRONG = "a password that is nobody's"

ASKED = {
    "R9.1 login": (f"{AUTH}/login", {"password": WRONG}),
    "R9.2 sign-up": ("/api/v1/users", {"password": WRONG}),
    "R9.3 another link": (f"{AUTH}/verification", {}),
    "R9.4 forgotten password": (f"{AUTH}/forgot", {}),
}


@dataclass
class Work:
    """What it took to answer."""

    hashes: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)


@contextmanager
def worked(app: FastAPI) -> Iterator[Work]:
    work = Work()
    passwords: Passwords = app.state.passwords

    def noted(name: str) -> Any:
        real = getattr(passwords, name)

        async def call(*given: Any) -> Any:
            work.hashes.append(name)
            return await real(*given)

        return patch.object(passwords, name, call)

    with noted("hash"), noted("check"), counted(app.state.database) as statements:
        yield work
    work.statements = statements


@pytest.fixture
async def all_kinds(database: Database) -> None:
    """One account as any, one whose address is not confirmed, one that is shut out."""
    async with database.apart() as session:
        unconfirmed = update(User).where(User.email == UNCONFIRMED)
        await session.execute(unconfirmed.values(email_verified_at=None))
        await session.execute(update(User).where(User.email == SHUT_OUT).values(active=False))


@pytest.mark.usefixtures("all_kinds")
@pytest.mark.parametrize("attack", ASKED)
async def test_an_answer_and_its_work_are_the_same_for_everybody(
    app: FastAPI, visitor: AsyncClient, attack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One try in fifty sweeps old rows, whoever it is for.
    monkeypatch.setattr(login_lane, "SWEPT", 0)
    address, rest = ASKED[attack]
    await visitor.post(address, json={"email": NOBODY, **rest})  # nobody's hash is made once
    seen = {}
    for email in EVERYBODY:
        # Somebody whom no other attempt of this test has made known.
        email = email if email != NOBODY else f"{attack[3]}.{NOBODY}"
        with worked(app) as work:
            answer = await visitor.post(address, json={"email": email, **rest})
        body = answer.json() | {"request_id": None}
        seen[email] = (answer.status_code, body, sorted(answer.headers), work)

    first, *others = seen.values()
    assert all(other == first for other in others), seen
    assert len(first[3].hashes) == ("password" in rest)


async def test_r9_5_no_token_and_no_address_is_in_the_log(
    app: FastAPI, visitor: AsyncClient, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(LogSettings.model_validate({"level": "debug"}))
    carol = {"email": "carol-sentinel@example.com", "password": "seven sentinels stand by"}
    await visitor.post("/api/v1/users", json=carol)
    tokens = [await mailbox.token(carol["email"])]
    await visitor.post(f"{AUTH}/verify", json={"token": tokens[0]})
    for email in (carol["email"], "nobody-sentinel@example.com"):
        await visitor.post(f"{AUTH}/forgot", json={"email": email})
    tokens.append(await mailbox.token(carol["email"]))
    for _ in range(2):
        sent = {"token": tokens[1], "password": "more sentinels stand by"}
        await visitor.post(f"{AUTH}/reset", json=sent)
    await mailbox.all()
    configure_logging(app.state.settings.log)

    logged = capsys.readouterr().out
    events = ("email_verified", "password_reset_asked", "password_reset", "mail_sent")
    assert all(f'"{event}"' in logged for event in events)
    assert not any(secret in logged for secret in ("sentinel", "bsm_", *tokens))


@pytest.mark.usefixtures("all_kinds")
async def test_only_the_mail_tells_who_has_an_account(
    visitor: AsyncClient, mailbox: Mailbox
) -> None:
    for email in EVERYBODY:
        await visitor.post("/api/v1/users", json={"email": email, "password": WRONG})

    subjects = {email: [each.subject for each in await mailbox.to(email)] for email in EVERYBODY}
    confirm, have = ["Confirm your address"], ["You have an account"]
    assert subjects == {NOBODY: confirm, KNOWN: have, UNCONFIRMED: confirm, SHUT_OUT: have}
