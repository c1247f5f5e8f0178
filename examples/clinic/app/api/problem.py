"""The one body that every error has, whoever raises it."""

from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.core.context import request_id
from app.core.errors import AppError

EXAMPLE_ID = "0198c0de7a7b4c0f8d1e2f3a4b5c6d7e"


class Problem(BaseModel):
    """What went wrong, in words for people and a code for programs."""

    error: Annotated[str, Field(examples=["There is no such page."])]
    """A short message."""
    detail: Annotated[str, Field(examples=["Check the address."])]
    """What happened, and what to do next."""
    code: Annotated[str, Field(examples=["NO_SUCH_PAGE"])]
    request_id: Annotated[str, Field(examples=[EXAMPLE_ID])]
    """Quote it when you ask for help; the logs know it."""


class FieldProblem(BaseModel):
    """One value that does not hold; the value itself is not repeated."""

    loc: Annotated[list[str | int], Field(examples=[["body", "email"]])]
    msg: Annotated[str, Field(examples=["Field required"])]
    type: Annotated[str, Field(examples=["missing"])]


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
        status: _documented(status, list(same_status))
        for status, same_status in groupby(sorted(errors, key=by_status), key=by_status)
    }


def _documented(status: int, errors: list[type[AppError]]) -> dict[str, Any]:
    return {
        "model": ValidationProblem if status == 422 else Problem,
        "description": " ".join(error.error for error in errors),
        "content": {
            "application/json": {"examples": {error.code: _example(error) for error in errors}}
        },
    }


def _example(error: type[AppError]) -> dict[str, Any]:
    body = {
        "error": error.error,
        "detail": error.detail,
        "code": error.code,
        "request_id": EXAMPLE_ID,
    }
    return {"summary": error.error, "value": body}
