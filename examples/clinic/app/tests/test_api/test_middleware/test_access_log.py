import asyncio
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from httpx import ASGITransport, Request
from starlette.responses import PlainTextResponse
from structlog.testing import capture_logs

from app.api.middleware.access_log import AccessLog
from app.core.context import queries
from app.tests.test_api.test_middleware.small import caller, small_app


async def line_of(app: FastAPI, method: str, path: str, **request: Any) -> dict[str, Any]:
    with capture_logs() as lines:
        async with caller(app) as client:
            await client.request(method, path, **request)
    return dict(next(line for line in lines if line["event"] == "request"))


async def test_a_line_tells_what_is_safe_to_keep_and_nothing_else() -> None:
    line = await line_of(
        small_app(), "GET", "/api/things/7?token=sentinel", headers={"User-Agent": "sentinel"}
    )

    duration = line.pop("duration_ms")
    assert duration > 0
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "route": "/api/things/{number}",
        "status": 200,
        "queries": 0,
        "query_ms": 0.0,
        "client": "127.0.0.1",
    }


async def test_queries_are_counted_with_their_time() -> None:
    app = small_app()

    @app.get("/counted")
    async def count() -> None:
        tally = queries.get()
        assert tally is not None
        tally.count, tally.seconds = 3, 0.25

    line = await line_of(app, "GET", "/counted")

    assert (line["queries"], line["query_ms"]) == (3, 250.0)
    assert queries.get() is None


@pytest.mark.parametrize("path", ["/health", "/readiness"])
async def test_a_probe_is_logged_for_debugging_only(path: str) -> None:
    assert (await line_of(small_app(), "GET", path))["log_level"] == "debug"


async def test_a_failure_is_logged_with_its_status() -> None:
    assert (await line_of(small_app(), "GET", "/api/things/broken/now"))["status"] == 500


async def test_a_caller_who_left_is_logged_as_gone() -> None:
    async def leave(scope: Any, receive: Any, send: Any) -> None:
        raise asyncio.CancelledError

    with capture_logs() as lines, pytest.raises(asyncio.CancelledError):
        await ASGITransport(AccessLog(leave)).handle_async_request(
            Request("GET", "http://test/"),
        )

    assert lines[0]["status"] == 499


ROUTES = {
    ("GET", "/direct/1"): "/direct/{number}",
    ("GET", "/direct/one"): "/direct/{number}",
    ("POST", "/direct/1"): "/direct/{number}",
    ("GET", "/outer/1/inner/2"): "/outer/{one}/inner/{two}",
    ("POST", "/outer/1/inner/2"): "/outer/{one}/inner/{two}",
    ("GET", "/nowhere"): "unmatched",
    ("GET", "/mounted/secret"): "unmatched",
}


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_a_route_is_named_by_its_whole_template(method: str, path: str) -> None:
    inner = APIRouter(prefix="/inner")
    outer = APIRouter(prefix="/outer/{one}")
    app = small_app()

    @app.get("/direct/{number}")
    async def direct(number: int) -> int:
        return number

    @inner.get("/{two}")
    async def nested(one: int, two: int) -> int:
        return one + two

    outer.include_router(inner)
    app.include_router(outer)
    app.mount("/mounted", PlainTextResponse("mounted"))

    assert (await line_of(app, method, path))["route"] == ROUTES[method, path]
