"""The kinds of error a caller may see.

    AppError
    ├── Malformed        400   the request can't be read
    ├── Unauthenticated  401   nobody knows who is calling
    ├── Forbidden        403   this caller could never reach any such row
    ├── NotFound         404   the row isn't there, or isn't theirs
    ├── Conflict         409   the rest of the data doesn't allow this write
    │   └── InUse              the row can't go while others point to it
    ├── Unprocessable    422   the values don't hold
    ├── TooSoon          429   somebody has to wait
    └── Unavailable      503   something we need is away for a moment

Each concrete error is declared once, beside the rule that raises it.
"""

from typing import ClassVar


class AppError(Exception):
    """Subclass a kind below and give it a code and its words; never raise a kind itself."""

    status: ClassVar[int]
    code: ClassVar[str]
    error: ClassVar[str]
    detail: ClassVar[str]
    headers: ClassVar[dict[str, str]] = {}
    constraint: ClassVar[str | None] = None
    """The database constraint that states this rule, if the database is what enforces it."""


class Malformed(AppError):
    status = 400


class Unauthenticated(AppError):
    status = 401
    code = "UNAUTHENTICATED"
    error = "Sign in first."
    detail = "Send a valid access token as `Authorization: Bearer ...`."
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": "Bearer"}


class Forbidden(AppError):
    status = 403
    code = "ROLE_REQUIRED"
    error = "Your role may not do this."
    detail = "Ask an administrator for the role that may."


class NotFound(AppError):
    status = 404


class Conflict(AppError):
    """A write that the rest of the data does not allow."""

    status = 409


class InUse(Conflict):
    """A row that cannot go while others point to it."""


class Unprocessable(AppError):
    status = 422


class TooSoon(AppError):
    """The same request will be heard after some seconds, and not before."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


class Unavailable(AppError):
    """Something that we need does not answer; the same request may succeed in a moment."""

    status = 503
    code = "UNAVAILABLE"
    error = "This does not work at the moment."
    detail = "Nothing was changed that you were not told of. Try again after `Retry-After` seconds."
    headers: ClassVar[dict[str, str]] = {"Retry-After": "2"}
