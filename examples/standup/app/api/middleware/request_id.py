"""One name for a request: in its answer, in each error body, on every line of the log."""

import re
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import clear_contextvars

from app.core.context import request_id

HEADER = b"x-request-id"
ACCEPTED = re.compile(rb"[A-Za-z0-9._-]{8,64}")
"""What may stand in a log and in a header without saying anything else there."""


class RequestId:
    """Takes the caller's name for a request if it is harmless, and makes one otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        name = _given(scope) or uuid4().hex

        async def send_with_name(message: Message) -> None:
            if message["type"] == "http.response.start":
                header = (HEADER, name.encode())
                message = {**message, "headers": [*message.get("headers", ()), header]}
            await send(message)

        # A kept-alive connection may hand its last request's context on to the next.
        clear_contextvars()
        token = request_id.set(name)
        try:
            await self.app(scope, receive, send_with_name)
        finally:
            request_id.reset(token)


def _given(scope: Scope) -> str | None:
    given = [value for name, value in scope["headers"] if name == HEADER]
    return given[0].decode() if len(given) == 1 and ACCEPTED.fullmatch(given[0]) else None
