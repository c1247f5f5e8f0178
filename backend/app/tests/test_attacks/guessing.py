"""Somebody who guesses passwords, from wherever they like and as often as they like."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import update

from app.core.security.passwords import Checked, Passwords
from app.db.database import Database
from app.models import LoginLane
from app.tests.people import ALICE, PASSWORD, PASSWORD_HASH

LOGIN = "/api/v1/auth/login"


class Counted(Passwords):
    """Looks at passwords as the application does, but at once, and counts how often."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    async def check(self, password: str, stored: str | None) -> Checked:
        self.times += 1
        return Checked(password == PASSWORD and stored == PASSWORD_HASH)


def at(app: FastAPI, address: str) -> AsyncClient:
    """Somebody who calls from an address, with no cookies yet."""
    transport = ASGITransport(app, client=(address, 50_000))
    return AsyncClient(transport=transport, base_url="http://test")


async def guess(
    client: AsyncClient,
    email: str = ALICE.email,
    password: str = "a guess like any other",
    headers: Mapping[str, str] | None = None,
) -> Response:
    return await client.post(LOGIN, json={"email": email, "password": password}, headers=headers)


async def sign_in(client: AsyncClient, email: str = ALICE.email) -> Response:
    return await guess(client, email, PASSWORD)


async def later(database: Database, **time: float) -> None:
    """Let time pass for everything that is counted."""
    values = {
        column: column - timedelta(**time) for column in (LoginLane.free_at, LoginLane.expires_at)
    }
    async with database.apart() as session:
        await session.execute(update(LoginLane).values(values))


def told(answer: Response) -> tuple[int, dict[str, Any], str | None]:
    """All that an answer tells, but for what is random in each."""
    body = {key: value for key, value in answer.json().items() if key != "request_id"}
    return answer.status_code, body, answer.headers.get("Retry-After")
