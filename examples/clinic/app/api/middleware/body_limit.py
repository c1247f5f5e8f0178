"""How large a body may be, and what becomes of one that nobody reads."""

import asyncio
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problem import problem_response
from app.core.errors import AppError

LINGER = 1.0
"""Seconds in which a refused caller may finish sending, and so come to read the answer."""


class BodyTooLarge(AppError):
    status = 413
    code = "BODY_TOO_LARGE"
    error = "The body of the request is too large."
    detail = "Send less at once."


class Overrun(Exception):
    """Takes a request out of the application, past its handlers, which know no such error."""


class BodyLimit:
    """Refuses a body that is too large: by what it declares, or while it arrives."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = Body(scope, receive, send, self.limit)
        try:
            if body.too_large:
                raise Overrun
            await self.app(scope, body.receive, body.send)
        except Exception:
            # Whatever went wrong once the body was too large went wrong because it was.
            if body.answered or not body.too_large:
                raise
            await problem_response(BodyTooLarge)(scope, receive, body.answer)


class Body:
    """The body of one request on its way in, and the answer that may leave before its end."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        headers = Headers(scope=scope)
        declared = headers.get("content-length", "0")
        self.limit = limit
        self.size = 0
        self.too_large = declared.isdecimal() and (len(declared) > 18 or int(declared) > limit)
        self.whole = declared == "0" and "transfer-encoding" not in headers
        self.on_its_way = "expect" not in headers
        self.answered = False
        self._receive = receive
        self._send = send

    async def receive(self) -> Message:
        message = await self._take()
        self.size += len(message.get("body", b""))
        self.too_large = self.size > self.limit
        if self.too_large:
            raise Overrun
        return message

    async def send(self, message: Message) -> None:
        """Pass an answer on, unless it was made of a body that was too large to be read."""
        if self.too_large and not self.answered:
            raise Overrun
        await self.answer(message)

    async def answer(self, message: Message) -> None:
        if not self.answered and not self.whole:
            message = await self._early(message)
        self.answered = True
        await self._send(message)

    async def _early(self, start: Message) -> Message:
        """Let the caller finish, or end the connection: nothing may trickle in for ever.

        A connection that is closed on a caller who still sends is reset, answer and all.
        """
        headers = MutableHeaders(raw=list(start.get("headers", ())))
        if self.on_its_way and "content-length" in headers and "connection" not in headers:
            with suppress(TimeoutError):
                async with asyncio.timeout(LINGER):
                    while not self.whole:
                        await self._take()
        if not self.whole:
            headers["Connection"] = "close"
        return {**start, "headers": headers.raw}

    async def _take(self) -> Message:
        message = await self._receive()
        self.whole = not message.get("more_body", False)
        return message
