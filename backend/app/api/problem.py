"""The one body that every error has, whoever raises it."""

from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.core.context import request_id
from app.core.errors import AppError


class Problem(BaseModel):
    """What went wrong, in words for people and a code for programs."""

    error: Annotated[str, Field(examples=["There is no such page."])]
    """A short message."""
    detail: Annotated[str, Field(examples=["Check the address."])]
    """What happened, and what to do next."""
    code: Annotated[str, Field(examples=["NO_SUCH_PAGE"])]
    request_id: Annotated[str, Field(examples=["0198c0de7a7b4c0f8d1e2f3a4b5c6d7e"])]
    """Quote it when you ask for help; the logs know it."""


class FieldProblem(BaseModel):
    """One value that does not hold; the value itself is not repeated."""

    loc: list[str | int]
    msg: str
    type: str


class ValidationProblem(Problem):
    """A request that can be read, but holds values that may not be."""

    errors: list[FieldProblem] = []


def problem_response(
    error: type[AppError] | AppError,
    *,
    headers: Mapping[str, str] | None = None,
    errors: list[dict[str, Any]] | None = None,
) -> JSONResponse:
    """Render an error as the answer to the request at hand."""
    body: dict[str, Any] = {
        "error": error.error,
        "detail": error.detail,
        "code": error.code,
        "request_id": request_id.get(),
    }
    if errors is not None:
        body["errors"] = errors
    return JSONResponse(body, error.status, {**error.headers, **(headers or {})})


by_status = attrgetter("status")


def problems(*errors: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """Document the errors that a route answers with."""
    return {
        status: {
            "model": ValidationProblem if status == 422 else Problem,
            "description": " ".join(error.error for error in same_status),
        }
        for status, same_status in groupby(sorted(errors, key=by_status), key=by_status)
    }
