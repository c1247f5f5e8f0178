import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import Request
from httpx import ASGITransport, AsyncClient
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.api.middleware.body_limit import BodyLimit, BodyTooLarge, Overrun
from app.tests.answers import assert_problem
from app.tests.test_api.test_middleware.small import caller, small_app, with_api

LIMIT = 2048
TINY = with_api(body_limit=LIMIT)
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def in_parts(size: int) -> AsyncIterator[bytes]:
    for start in range(0, size, 512):
        yield b"1" * min(512, size - start)


async def post(path: str, **request: Any) -> Any:
    async with caller(small_app(TINY)) as client:
        return await client.post(path, **request)


@pytest.mark.parametrize("path", ["/api/things", "/api/things/form", "/api/things/unread", "/no"])
async def test_a_body_that_declares_too_much_is_refused_wherever_it_goes(path: str) -> None:
    assert_problem(await post(path, content=b"1" * (LIMIT + 1), headers=JSON), BodyTooLarge)


@pytest.mark.parametrize(
    ("path", "headers"), [("/api/things", JSON), ("/api/things/form", FORM)], ids=["json", "form"]
)
async def test_a_body_that_declares_nothing_is_refused_when_it_grows_too_large(
    path: str, headers: dict[str, str]
) -> None:
    assert_problem(await post(path, content=in_parts(LIMIT + 1), headers=headers), BodyTooLarge)


@pytest.mark.parametrize("declared", [LIMIT + 1, "9" * 18, "9" * 19, "9" * 5000])
async def test_what_declares_too_much_reaches_nobody(declared: int | str) -> None:
    async def nobody(_scope: Scope, _receive: Receive, _send: Send) -> None:
        pytest.fail("the application was asked")

    transport = ASGITransport(BodyLimit(nobody, limit=LIMIT))
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        headers = {"Content-Length": str(declared)}
        answer = await client.post("/", content=in_parts(10), headers=headers)

    assert answer.status_code == 413


async def test_a_body_of_just_the_limit_is_read() -> None:
    digits = b'"' + b"1" * (LIMIT - 2) + b'"'

    assert (await post("/api/things", content=digits, headers=JSON)).status_code == 200
    assert (await post("/api/things", content=in_parts(400), headers=JSON)).status_code == 200


async def test_what_the_application_makes_of_half_a_body_is_not_answered() -> None:
    app = small_app(TINY)

    @app.post("/swallow")
    async def swallow(request: Request) -> str:
        try:
            await request.body()
        except Exception:
            return "all is well"
        return "never"

    async with caller(app) as client:
        assert_problem(await client.post("/swallow", content=in_parts(LIMIT + 1)), BodyTooLarge)


async def test_a_stream_that_meets_too_large_a_body_is_refused_as_well() -> None:
    app = small_app(TINY)

    @app.post("/echo")
    async def echo(request: Request) -> StreamingResponse:
        return StreamingResponse(request.stream())

    async with caller(app) as client:
        # Starlette reads ahead in a task of its own, so that this fails as a group of errors.
        assert_problem(await client.post("/echo", content=in_parts(4 * LIMIT)), BodyTooLarge)


async def test_an_answer_that_has_begun_is_cut_when_the_body_grows_too_large() -> None:
    async def echo(_scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while True:
            await receive()

    transport = ASGITransport(BodyLimit(echo, limit=LIMIT))
    with pytest.raises(Overrun):
        async with AsyncClient(transport=transport, base_url="http://test") as client:
            await client.post("/", content=in_parts(LIMIT + 1))


async def test_a_body_that_nobody_reads_is_taken_in_so_that_its_sender_sees_the_answer() -> None:
    taken = 0

    async def watched() -> AsyncIterator[bytes]:
        nonlocal taken
        async for part in in_parts(LIMIT):
            taken += len(part)
            yield part

    answer = await post("/api/things/unread", content=watched())

    assert answer.status_code == 200
    assert taken == LIMIT
    assert "Connection" not in answer.headers


@pytest.mark.parametrize("headers", [{}, {"Expect": "100-continue"}], ids=["slow", "waiting"])
async def test_a_body_that_does_not_end_ends_its_connection(headers: dict[str, str]) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"1"
            await asyncio.sleep(0.2)

    async with asyncio.timeout(3):
        answer = await post("/api/things/unread", content=endless(), headers=headers)

    assert answer.headers["Connection"] == "close"
