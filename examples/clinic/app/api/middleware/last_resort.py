"""What is answered when everything else has failed."""

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problem import problem_response
from app.core.errors import AppError

log = structlog.stdlib.get_logger(__name__)


class Unexpected(AppError):
    status = 500
    code = "INTERNAL_ERROR"
    error = "Something went wrong on our side."
    detail = "It has been logged. Quote `request_id` when you ask for help."


class LastResort:
    """Tells the log what happened, and the caller nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_and_see(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_see)
        except ClientDisconnect:
            log.info("client_gone")
        except Exception:
            log.exception("unexpected_error", started=started)
            # Of an answer that has begun, the server cuts the rest: half of it looks like no whole.
            if not started:
                await problem_response(Unexpected)(scope, receive, send)
