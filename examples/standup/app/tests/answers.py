"""What tests say of an answer."""

from typing import Any

from httpx import Response

from app.core.errors import AppError


def assert_problem(response: Response, error: type[AppError]) -> None:
    """Expect the one error body, with the words of this error."""
    assert response.status_code == error.status, response.text
    body = response.json()
    assert (body["code"], body["error"], body["detail"]) == (error.code, error.error, error.detail)
    assert body["request_id"] == response.headers["x-request-id"]


def assert_invalid(response: Response, *fields: str) -> None:
    """Expect a 422 that names exactly these fields, and repeats no value."""
    assert response.status_code == 422, response.text
    problems: list[dict[str, Any]] = response.json()["errors"]
    assert {str(problem["loc"][1]) for problem in problems} == set(fields)
    assert all(problem.keys() == {"loc", "msg", "type"} for problem in problems)
