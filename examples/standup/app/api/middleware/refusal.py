"""Says no before a route is looked for."""

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from app.api.problem import problem_response
from app.core.errors import AppError

POLICY_VIOLATION = 1008
"""RFC 6455, section 7.4.1."""


async def refuse(error: type[AppError], scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with this error; a WebSocket is closed before it is open."""
    if scope["type"] == "websocket":
        await WebSocketClose(POLICY_VIOLATION)(scope, receive, send)
    else:
        await problem_response(error)(scope, receive, send)
