"""The cookie by which a device is known again."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from app.core.config import Settings
from app.tests.apps import running
from app.tests.people import ALICE, PASSWORD

LOGIN = "/api/v1/auth/login"
FORM = {"grant_type": "password", "username": ALICE.email, "password": PASSWORD}
CREDENTIALS = {"email": ALICE.email, "password": PASSWORD}


def cookie(answer: Response) -> tuple[str, str, set[str]]:
    """Read name, value and what else is said of the one cookie of an answer."""
    [line] = answer.headers.get_list("set-cookie")
    first, *rest = line.split("; ")
    name, _, value = first.partition("=")
    return name, value, {each.lower() for each in rest}


async def test_a_login_leaves_a_mark_that_no_script_reads(visitor: AsyncClient) -> None:
    name, value, said = cookie(await visitor.post(LOGIN, json=CREDENTIALS))

    assert name == "dev"
    assert len(value) == 66
    assert said == {"httponly", "samesite=lax", "path=/", "max-age=31536000"}


async def test_over_tls_it_is_bound_to_this_host(app: FastAPI) -> None:
    async with AsyncClient(transport=ASGITransport(app), base_url="https://test") as visitor:
        name, _, said = cookie(await visitor.post(LOGIN, json=CREDENTIALS))

    assert name == "__Host-dev"
    assert said == {"secure", "httponly", "samesite=lax", "path=/", "max-age=31536000"}


@pytest.mark.parametrize("way", ["login", "token"])
async def test_each_way_to_sign_in_leaves_one(visitor: AsyncClient, way: str) -> None:
    sent: Any = {"json": CREDENTIALS} if way == "login" else {"data": FORM}

    assert cookie(await visitor.post(f"/api/v1/auth/{way}", **sent))[0] == "dev"


async def test_a_login_that_fails_leaves_none(visitor: AsyncClient) -> None:
    answer = await visitor.post(LOGIN, json=CREDENTIALS | {"password": "wrong"})

    assert "set-cookie" not in answer.headers


async def test_a_mark_opens_nothing(visitor: AsyncClient) -> None:
    await visitor.post(LOGIN, json=CREDENTIALS)

    assert (await visitor.get("/api/v1/users/me")).status_code == 401


@pytest.mark.usefixtures("app")
async def test_a_page_of_the_same_site_may_send_it(settings: Settings) -> None:
    origin = "https://app.example.com"
    api = settings.api.model_copy(update={"origins": (origin,)})
    async with running(settings.model_copy(update={"api": api})) as app:
        visitor = AsyncClient(transport=ASGITransport(app), base_url="http://test")
        answer = await visitor.post(LOGIN, json=CREDENTIALS, headers={"Origin": origin})

    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert answer.headers["Access-Control-Allow-Origin"] == origin
