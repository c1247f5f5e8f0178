import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import Request
from httpx import ASGITransport, AsyncClient
from starlette.types import Receive, Scope, Send
from structlog.testing import capture_logs

from app.api.middleware.deadline import Deadline, DeadlineExceeded, RequestTimeout
from app.tests.answers import assert_problem
from app.tests.test_api.test_middleware.small import caller, small_app, with_api

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def test_what_takes_too_long_is_stopped_and_answered_with_503() -> None:
    app = small_app(with_api(deadline=0.1))

    async with asyncio.timeout(2), caller(app) as client:
        answer = await client.get("/api/things/slow/answer")

    assert_problem(answer, DeadlineExceeded)
    assert int(answer.headers["Retry-After"]) > 0
    assert app.state.cancelled


async def test_an_answer_that_has_begun_is_cut_and_never_followed_by_another() -> None:
    app = small_app(with_api(deadline=0.2))

    with capture_logs() as lines, pytest.raises(AssertionError, match=r"^$"):
        async with asyncio.timeout(2), caller(app) as client:
            await client.get("/api/things/slow/stream")

    assert [line["started"] for line in lines if line["event"] == "unexpected_error"] == [True]


async def silence() -> AsyncIterator[bytes]:
    yield b"1"
    await asyncio.sleep(60)


async def drops() -> AsyncIterator[bytes]:
    while True:
        yield b"1"
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("path", ["/api/things", "/api/things/form"])
async def test_a_body_that_stops_arriving_is_a_time_out_of_the_caller(path: str) -> None:
    app = small_app(with_api(body_pause=0.1))
    headers = JSON if path == "/api/things" else FORM

    async with asyncio.timeout(2), caller(app) as client:
        answer = await client.post(path, content=silence(), headers=headers)

    assert_problem(answer, RequestTimeout)
    assert answer.headers["Connection"] == "close"


async def test_a_body_that_trickles_has_until_the_deadline_and_is_the_callers_fault() -> None:
    app = small_app(with_api(body_pause=0.2, deadline=0.5))

    async with asyncio.timeout(2), caller(app) as client:
        assert_problem(
            await client.post("/api/things", content=drops(), headers=JSON), RequestTimeout
        )


async def test_a_body_that_is_slow_but_comes_is_read() -> None:
    async def slow() -> AsyncIterator[bytes]:
        for part in (b"[", b"1", b",", b"2", b"]"):
            yield part
            await asyncio.sleep(0.05)

    app = small_app(with_api(body_pause=0.15, deadline=5))
    async with caller(app) as client:
        answer = await client.post("/api/things", content=slow(), headers=JSON)

    assert answer.status_code == 200


async def test_work_may_take_longer_than_a_body_may_pause() -> None:
    app = small_app(with_api(body_pause=0.05, deadline=5))

    @app.post("/work")
    async def work(request: Request) -> bytes:
        body = await request.body()
        await asyncio.sleep(0.2)
        return body

    async with caller(app) as client:
        assert (await client.post("/work", content=b"1")).status_code == 200


async def test_who_waits_for_the_caller_to_leave_is_not_waiting_for_a_body() -> None:
    app = small_app(with_api(body_pause=0.05, deadline=5))

    @app.post("/watched")
    async def work_under_watch(request: Request) -> None:
        await request.body()
        watching = asyncio.ensure_future(request.receive())
        await asyncio.sleep(0.2)
        watching.cancel()

    async with caller(app) as client:
        assert (await client.post("/watched", content=b"1")).status_code == 200


async def test_a_time_out_of_somebody_else_is_not_taken_for_the_deadline() -> None:
    async def time_out(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise TimeoutError

    transport = ASGITransport(Deadline(time_out, seconds=1, pause=1))
    with pytest.raises(TimeoutError):
        async with AsyncClient(transport=transport, base_url="http://test") as client:
            await client.get("/")
