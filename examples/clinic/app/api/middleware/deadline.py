"""How long a request may take, and how long its body may keep us waiting."""

import asyncio
from typing import ClassVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.middleware.body_limit import LINGER
from app.api.problem import problem_response
from app.core.errors import AppError, Unavailable


class DeadlineExceeded(Unavailable):
    code = "DEADLINE_EXCEEDED"
    error = "This took too long."
    detail = "See whether any of it was done, and try again after `Retry-After` seconds."


class RequestTimeout(AppError):
    status = 408
    code = "REQUEST_TIMEOUT"
    error = "The body of the request did not arrive in time."
    detail = "Send it without pauses."
    headers: ClassVar[dict[str, str]] = {"Connection": "close"}


class Deadline:
    """Stops what takes too long: in place of an answer, or in the midst of one."""

    def __init__(self, app: ASGIApp, seconds: float, pause: float) -> None:
        self.app = app
        self.seconds = seconds
        self.pause = pause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        end = loop.time() + self.seconds
        whole = started = waiting = False

        async def receive_in_time() -> Message:
            nonlocal whole, waiting
            if whole:
                return await receive()
            waiting = True
            timeout.reschedule(min(end, loop.time() + self.pause))
            message = await receive()
            timeout.reschedule(end)
            waiting = False
            whole = not message.get("more_body", False)
            return message

        async def send_and_see(message: Message) -> None:
            nonlocal started
            if not started:
                started = True
                timeout.reschedule(end + LINGER)
            await send(message)

        try:
            async with asyncio.timeout_at(end) as timeout:
                await self.app(scope, receive_in_time, send_and_see)
        except TimeoutError:
            if started or not timeout.expired():
                raise
            error = RequestTimeout if waiting else DeadlineExceeded
            await problem_response(error)(scope, receive, send)
