"""Whatever people send, the log tells none of it: random words in every place, and no trace."""

import json
from itertools import count
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.core.logging import configure_logging
from app.core.settings import LogSettings
from app.tests.people import ALICE
from app.tests.test_api.test_middleware.small import caller, small_app

JWT = "eyJhbGciOiJIUzI1NiJ9.{word}.c2lnbmF0dXJl"


class Words:
    """Makes words that occur nowhere else, and remembers them."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.numbers = count()

    def __call__(self) -> str:
        self.made.append(f"w{next(self.numbers)}{uuid4().hex}")
        return self.made[-1]


@pytest.mark.parametrize("style", ["json", "console"])
async def test_no_secret_is_in_the_log(
    app: FastAPI, style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(LogSettings.model_validate({"format": style, "level": "debug"}))
    word = Words()
    places = {
        "Authorization": f"Bearer {JWT.format(word=word())}",
        "Cookie": f"session={word()}; other={word()}",
        "User-Agent": word(),
        "X-Anything": word(),
        "X-Request-ID": f"{word()} {word()}",
        "X-Forwarded-For": word(),
        "Referer": f"https://shop.test/?code={word()}",
    }
    new = f"{word()}@example.com"
    async with caller(app) as client:
        bodies = [
            ("login", {"email": ALICE.email, "password": word()}),
            ("login", {"email": new, "password": word(), "unknown": word()}),
            ("refresh", {"refresh_token": f"bsr_{word()}"}),
            ("logout", {"refresh_token": word()}),
            ("verify", {"token": f"bsm_{word()}"}),
            ("verification", {"email": new}),
            ("forgot", {"email": new}),
            ("reset", {"token": f"bsm_{word()}", "password": word()}),
            ("email/confirm", {"token": f"bsm_{word()}"}),
        ]
        for address, body in bodies:
            await client.post(f"/api/v1/auth/{address}", json=body)
            await client.post(f"/api/v1/auth/{address}", json=body, headers=places)
            await client.post(f"/api/v1/auth/{address}", content=json.dumps(body) + word())
        await client.post("/api/v1/users", json={"email": new, "password": word(), "name": word()})
        await client.get(f"/api/v1/users/me?cursor={word()}&{word()}=1", headers=places)
        await client.get(f"/api/v1/users/{word()}?token={word()}")
        await client.get(f"/{word()}?token={word()}")

    configure_logging(LogSettings())
    logged = capsys.readouterr().out
    assert logged.count("unmatched") >= 1
    assert [made for made in word.made if made in logged] == []


FORGED = b'name\x85\xe2\x80\xa8{"event": "forged"}'


async def test_no_header_forges_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    headers = [(name, FORGED) for name in (b"X-Request-ID", b"User-Agent", b"X-Forwarded-For")]

    transport = ASGITransport(small_app(), client=("127.0.0.1", 1))
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        await client.get("/api/things/broken/now", headers=headers)
        await client.get("/%0d%0a%7b%22event%22:%22forged%22%7d", headers=headers)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == ["unexpected_error", "request", "request"]
