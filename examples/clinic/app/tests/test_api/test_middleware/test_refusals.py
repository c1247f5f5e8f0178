"""Whoever refuses, and wherever in the stack: the same headers, and the one body."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.api.middleware.security_headers import HEADERS
from app.core.config import Settings
from app.tests.test_api.test_middleware.small import (
    SECRET,
    caller,
    in_production,
    small_app,
    with_api,
)

ORDINARY = with_api()
TINY = with_api(body_limit=1024)
IMPATIENT = with_api(deadline=0.2, body_pause=0.1)
PREFLIGHT = {"Origin": "https://evil.test", "Access-Control-Request-Method": "GET"}
JSON = {"Content-Type": "application/json"}


async def too_much() -> AsyncIterator[bytes]:
    for _ in range(3):
        yield b"1" * 1024


async def nothing_more() -> AsyncIterator[bytes]:
    yield b"1"
    await asyncio.sleep(60)


@dataclass(frozen=True)
class Refusal:
    status: int
    code: str
    path: str = "/api/things/1"
    method: str = "GET"
    settings: Settings = ORDINARY
    request: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.status} {self.code} {self.method} {self.path}"


REFUSALS = [
    Refusal(400, "HOST_UNKNOWN", request={"headers": {"Host": "evil.test"}}),
    Refusal(403, "HTTPS_REQUIRED", settings=in_production(hosts=("test",))),
    Refusal(403, "ORIGIN_REFUSED", method="OPTIONS", request={"headers": PREFLIGHT}),
    Refusal(404, "NO_SUCH_PAGE", "/nowhere"),
    Refusal(405, "METHOD_NOT_ALLOWED", method="DELETE"),
    Refusal(
        408,
        "REQUEST_TIMEOUT",
        "/api/things",
        "POST",
        IMPATIENT,
        {"content": nothing_more, "headers": JSON},
    ),
    Refusal(413, "BODY_TOO_LARGE", "/api/things", "POST", TINY, {"content": b"1" * 1025}),
    Refusal(
        413, "BODY_TOO_LARGE", "/api/things", "POST", TINY, {"content": too_much, "headers": JSON}
    ),
    Refusal(413, "BODY_TOO_LARGE", "/nowhere", "POST", TINY, {"content": b"1" * 1025}),
    Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "/api/things", "POST", request={"content": b"{}"}),
    Refusal(422, "INVALID", "/api/things/one"),
    Refusal(500, "INTERNAL_ERROR", "/api/things/broken/now"),
    Refusal(503, "DEADLINE_EXCEEDED", "/api/things/slow/answer", settings=IMPATIENT),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
async def test_every_refusal_has_the_headers_and_the_one_body(refusal: Refusal) -> None:
    request = dict(refusal.request)
    if callable(content := request.get("content")):
        request["content"] = content()

    async with caller(small_app(refusal.settings)) as client:
        answer = await client.request(refusal.method, refusal.path, **request)

    assert answer.status_code == refusal.status, answer.text
    assert answer.json()["code"] == refusal.code
    assert_dressed(answer)


@pytest.mark.parametrize(
    ("status", "method", "path", "request_"),
    [
        (400, "GET", "/health/", {"headers": {"Host": "evil.test"}}),
        (401, "GET", "/api/v1/users/me", {}),
        (401, "POST", "/api/v1/auth/email", {"content": b"no json"}),
        (400, "POST", "/api/v1/auth/login", {"content": b"no json", "headers": JSON}),
        (403, "OPTIONS", "/api/v1/users/me", {"headers": PREFLIGHT}),
        (404, "GET", "/", {}),
        (404, "GET", "/health/", {}),
        (405, "PUT", "/api/v1/users/me", {}),
        (405, "TRACE", "/api/v1/users/me", {}),
        (413, "POST", "/api/v1/auth/login", {"content": b" " * 2_097_153}),
        (415, "POST", "/api/v1/auth/login", {"content": b"{}"}),
        (422, "POST", "/api/v1/auth/login", {"json": {}}),
    ],
)
async def test_so_it_is_in_the_real_application(
    visitor: AsyncClient, status: int, method: str, path: str, request_: dict[str, Any]
) -> None:
    answer = await visitor.request(method, path, **request_)

    assert answer.status_code == status, answer.text
    assert_dressed(answer)


def test_the_real_application_has_the_whole_stack_in_its_order(app: FastAPI) -> None:
    assert [getattr(each.cls, "__name__", "") for each in app.user_middleware] == [
        "SecurityHeaders",
        "RequestId",
        "AccessLog",
        "LastResort",
        "TrustedProxies",
        "KnownHosts",
        "HttpsOnly",
        "Cors",
        "Gzip",
        "BodyLimit",
        "Deadline",
    ]


def assert_dressed(answer: Response) -> None:
    """Expect what every answer has, an error above all."""
    for name, value in HEADERS.items():
        assert answer.headers[name.decode()] == value.decode()
    body = answer.json()
    assert body.keys() - {"errors"} == {"error", "detail", "code", "request_id"}
    assert ("errors" in body) == (answer.status_code == 422)
    assert body["request_id"] == answer.headers["X-Request-ID"]
    assert "Location" not in answer.headers
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    if answer.status_code == 503:
        assert int(answer.headers["Retry-After"]) > 0
