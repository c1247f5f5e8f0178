import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from app.api.middleware.last_resort import LastResort, Unexpected
from app.tests.answers import assert_problem
from app.tests.test_api.test_middleware.small import SECRET, caller, small_app


async def test_the_caller_learns_nothing_and_the_log_everything() -> None:
    with capture_logs() as lines:
        async with caller(small_app()) as client:
            answer = await client.get("/api/things/broken/now")

    assert_problem(answer, Unexpected)
    assert SECRET not in answer.text
    (line,) = [line for line in lines if line["event"] == "unexpected_error"]
    assert line["log_level"] == "error"
    assert line["exc_info"]


async def test_a_group_of_errors_is_one_more_failure() -> None:
    app = small_app()

    @app.get("/group")
    async def fail() -> None:
        raise ExceptionGroup("several", [ValueError(), KeyError()])

    async with caller(app) as client:
        assert_problem(await client.get("/group"), Unexpected)


async def test_an_answer_that_has_begun_is_left_unfinished_and_no_other_follows() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def break_down_midway(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError

    with capture_logs() as lines:
        await LastResort(break_down_midway)({"type": "http"}, receive, send)

    assert [message["type"] for message in sent] == ["http.response.start"]
    assert [(line["event"], line["started"]) for line in lines] == [("unexpected_error", True)]


async def test_a_caller_who_left_is_no_failure() -> None:
    app = small_app()

    @app.get("/left")
    async def leave() -> None:
        raise ClientDisconnect

    with capture_logs() as lines, pytest.raises(AssertionError, match=r"^$"):
        async with caller(app) as client:
            await client.get("/left")

    assert [(line["event"], line["log_level"]) for line in lines] == [
        ("client_gone", "info"),
        ("request", "info"),
    ]
