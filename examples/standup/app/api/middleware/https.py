"""Nothing over plain HTTP, where the network is open."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.health import PATHS
from app.api.middleware.refusal import refuse
from app.core.errors import Forbidden


class HttpsRequired(Forbidden):
    code = "HTTPS_REQUIRED"
    error = "This API is reached over HTTPS only."
    detail = "Use https://, and replace any secret that this request sent in plain text."


class HttpsOnly:
    """Refuses plain HTTP; a redirect would hide that a token has just crossed the open network."""

    def __init__(self, app: ASGIApp, *, required: bool) -> None:
        self.app = app
        self.required = required

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.required and scope["type"] != "lifespan" and self._open(scope):
            await refuse(HttpsRequired, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _open(self, scope: Scope) -> bool:
        return scope["scheme"] not in {"https", "wss"} and scope["path"] not in PATHS
