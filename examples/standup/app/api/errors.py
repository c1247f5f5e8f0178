"""Turns whatever was raised below into the one error body."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.exceptions import HTTPException

from app.api.methods import methods_at
from app.api.problem import problem_response
from app.core.errors import (
    AppError,
    Conflict,
    InUse,
    Malformed,
    NotFound,
    TooSoon,
    Unavailable,
    Unprocessable,
)
from app.db.faults import Fault, fault_of, violated_constraint

log = structlog.get_logger(__name__)

Handler = Callable[[Request, Any], Awaitable[JSONResponse]]


class Invalid(Unprocessable):
    code = "INVALID"
    error = "Some values do not hold."
    detail = "Correct what `errors` lists, and send the request again."


class ValueRefused(Unprocessable):
    code = "VALUE_REFUSED"
    error = "The database can't store one of these values."
    detail = "Check numbers, dates and special characters, and send the request again."


class Unreadable(Malformed):
    code = "UNREADABLE"
    error = "The request can't be read."
    detail = "Check its body against the documentation, and send it again."


class NoSuchPage(NotFound):
    code = "NO_SUCH_PAGE"
    error = "There is nothing at this address."
    detail = "Check the address; the documentation lists them all."


class MethodNotAllowed(AppError):
    status = 405
    code = "METHOD_NOT_ALLOWED"
    error = "This address does not answer to that method."
    detail = "The `Allow` header lists the methods that it answers to."


class Busy(Unavailable):
    code = "TRY_AGAIN"
    error = "Others were changing the same rows."
    detail = "Nothing was changed. Try again after `Retry-After` seconds."


async def show_app_error(_request: Request, error: AppError) -> JSONResponse:
    return problem_response(error)


async def show_too_soon(_request: Request, error: TooSoon) -> JSONResponse:
    return problem_response(error, headers={"Retry-After": str(error.seconds)})


async def show_invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
    """Say which values do not hold, without repeating them: one may be a password."""
    places = [{key: problem[key] for key in ("loc", "msg", "type")} for problem in error.errors()]
    return problem_response(Invalid, errors=places)


async def show_http_error(request: Request, error: HTTPException) -> JSONResponse:
    """Answer what the framework itself refuses: no such route, no such method, a broken form."""
    known: dict[int, type[AppError]] = {404: NoSuchPage, 405: MethodNotAllowed, 400: Unreadable}
    if error.status_code not in known:
        raise LookupError(f"No error is declared for {HTTPStatus(error.status_code)!r}") from error
    headers = {"Allow": methods_at(request)} if error.status_code == 405 else error.headers
    return problem_response(known[error.status_code], headers=headers)


async def show_integrity_error(_request: Request, error: IntegrityError) -> JSONResponse:
    """Answer with the Conflict that names the violated constraint; anything else is a bug."""
    violated = violated_constraint(error)
    # One foreign key has two meanings, and which statement failed decides between them.
    deleting = (error.statement or "").startswith("DELETE")
    for conflict in _concrete(InUse) if deleting else _concrete(Conflict, besides=InUse):
        if violated and conflict.constraint == violated:
            return problem_response(conflict)
    raise error


async def show_database_error(_request: Request, error: DBAPIError) -> JSONResponse:
    """Tell a value that can't be stored, and a database that is away, from a bug of ours."""
    answers: dict[Fault, type[AppError]] = {
        Fault.RETRYABLE: Busy,
        Fault.UNAVAILABLE: Unavailable,
        Fault.VALUE: ValueRefused,
    }
    fault = fault_of(error)
    if fault not in answers:
        raise error
    log.warning("database_fault", fault=fault.name, error_type=type(error.orig).__name__)
    return problem_response(answers[fault])


async def show_waited_in_vain(
    _request: Request, error: PoolExhausted | TimeoutError
) -> JSONResponse:
    """Answer when no connection was free, or something that we asked gave no answer."""
    log.warning("waited_in_vain", error_type=type(error).__name__)
    return problem_response(Unavailable)


def _concrete(kind: type[AppError], besides: type[AppError] | None = None) -> list[type[AppError]]:
    return [error for error in kind.__subclasses__() if error is not besides]


HANDLERS: dict[type[Exception], Handler] = {
    AppError: show_app_error,
    TooSoon: show_too_soon,
    RequestValidationError: show_invalid,
    HTTPException: show_http_error,
    IntegrityError: show_integrity_error,
    DBAPIError: show_database_error,
    PoolExhausted: show_waited_in_vain,
    TimeoutError: show_waited_in_vain,
}


def add_error_handlers(app: FastAPI) -> None:
    for error, handler in HANDLERS.items():
        app.add_exception_handler(error, handler)
