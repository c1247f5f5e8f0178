"""What browsers are told about every answer (OWASP ASVS 3.4)."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    b"strict-transport-security": b"max-age=31536000; includeSubDomains",
    b"x-content-type-options": b"nosniff",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"cache-control": b"no-store",
}


class SecurityHeaders:
    """Adds to each answer what it does not say itself, as the docs page does of its scripts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                said = {name for name, _ in own}
                missing = [header for header in HEADERS.items() if header[0] not in said]
                message = {**message, "headers": own + missing}
            await send(message)

        await self.app(scope, receive, send_with_headers)
