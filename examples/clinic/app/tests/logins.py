"""Signs people in, and finds out what their tokens are worth."""

from collections.abc import Mapping
from typing import Any

from httpx import AsyncClient, Response

from app.tests.people import ALICE, PASSWORD, Person

AUTH = "/api/v1/auth"
ME = "/api/v1/users/me"

Pair = dict[str, Any]
"""What a login answers."""


async def sign_in(
    client: AsyncClient, person: Person = ALICE, headers: Mapping[str, str] | None = None
) -> Pair:
    login = {"email": person.email, "password": PASSWORD}
    answer = await client.post(f"{AUTH}/login", json=login, headers=headers)
    assert answer.status_code == 200, answer.text
    pair: Pair = answer.json()
    return pair


def bearer(pair: Pair) -> dict[str, str]:
    return {"Authorization": f"Bearer {pair['access_token']}"}


async def me(client: AsyncClient, pair: Pair) -> Response:
    return await client.get(ME, headers=bearer(pair))


async def refresh(client: AsyncClient, pair: Pair) -> Response:
    return await client.post(f"{AUTH}/refresh", json={"refresh_token": pair["refresh_token"]})


async def refreshed(client: AsyncClient, pair: Pair) -> Pair:
    """Trade a refresh token that is good for the next pair."""
    answer = await refresh(client, pair)
    assert answer.status_code == 200, answer.text
    following: Pair = answer.json()
    return following
