"""Which other sites' pages may call the API from a browser."""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from app.api.problem import problem_response
from app.core.errors import Forbidden

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
SENT = ("Authorization", "Content-Type", "X-Request-ID")
SHOWN = ("Retry-After", "RateLimit", "RateLimit-Policy", "X-Request-ID", "Location", "Link")


class OriginRefused(Forbidden):
    code = "ORIGIN_REFUSED"
    error = "A page of this origin may not make that call."
    detail = "The origin, the method and each header must be among those that the API allows."


class Cors(CORSMiddleware):
    """Allows the listed origins, each in full; refuses a preflight in the one error body."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        super().__init__(
            app,
            # Starlette takes `*` for everybody, and then mirrors any origin back.
            allow_origins=[origin for origin in origins if origin != "*"],
            allow_methods=METHODS,
            allow_headers=SENT,
            allow_credentials=bool(origins),
            expose_headers=SHOWN,
        )

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        return problem_response(OriginRefused, headers={"Vary": response.headers["Vary"]})
