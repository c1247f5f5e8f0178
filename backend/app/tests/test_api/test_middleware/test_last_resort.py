import pytest
from starlette.requests import ClientDisconnect
from structlog.testing import capture_logs

from app.api.middleware.last_resort import Unexpected
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


async def test_an_answer_that_has_begun_is_left_unfinished() -> None:
    with capture_logs() as lines, pytest.raises(AssertionError, match=r"^$"):
        # httpx's transport asserts that an answer is complete; a server would cut it.
        async with caller(small_app()) as client:
            await client.get("/api/things/broken/later")

    assert [line["started"] for line in lines if line["event"] == "unexpected_error"] == [True]


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
