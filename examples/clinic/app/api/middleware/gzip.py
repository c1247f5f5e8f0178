"""Smaller answers, where that gives nothing away."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class Gzip(GZipMiddleware):
    """Compresses what GET answers, and nothing else: tokens are answered to POST.

    The length of a compressed answer tells how alike a secret in it and a text of the
    caller's are (the BREACH attack).
    """

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, minimum_size=1000, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)
