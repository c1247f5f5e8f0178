"""One line a request: which route, how it ended, how long it and its queries took."""

import time
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.health import PATHS
from app.core.context import QueryTally, queries

log = structlog.stdlib.get_logger(__name__)

GONE = 499
"""What is logged when nobody was there to take the answer, as nginx does."""


class AccessLog:
    """Logs what is safe to keep: never a query string, a header, a body, or a path's values."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = GONE

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        tally = QueryTally()
        token = queries.set(tally)
        try:
            await self.app(scope, receive, send_and_see)
        finally:
            queries.reset(token)
            _write(scope, status, time.perf_counter() - started, tally)


def _write(scope: Scope, status: int, seconds: float, tally: QueryTally) -> None:
    # A probe every second would bury everything else.
    write = log.debug if scope["path"] in PATHS else log.info
    client = scope.get("client")
    write(
        "request",
        method=scope["method"],
        route=route_template(scope),
        status=status,
        duration_ms=round(seconds * 1000, 1),
        queries=tally.count,
        query_ms=round(tally.seconds * 1000, 1),
        client=client[0] if client else None,
    )


def route_template(scope: Scope) -> str:
    """Give the path as the route declares it, values left out; "unmatched" if no route took it.

    FastAPI keeps the whole template of an included route in a private place; the public
    `scope["route"]` lacks the prefixes of its routers.
    """
    context: Any = scope.get("fastapi", {}).get("effective_route_context")
    path: str = getattr(context or scope.get("route"), "path", "unmatched")
    return path
