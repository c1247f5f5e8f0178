"""One operation of the document, made to say what is true of it."""

import inspect
from collections.abc import Sequence
from typing import Any

from fastapi.routing import RouteContext

from app.api.links import Links
from app.api.problem import problems
from app.api.public import PUBLIC
from app.api.route import Route, asked_for
from app.core.errors import AppError

UNSAID = "Successful Response"
"""What FastAPI says of an answer when nobody else does."""
SAID = {
    "200": "What was asked for.",
    "201": "It is created, and this is what it is now.",
    "204": "Done; the answer has no body.",
}
SCHEMA_OF = {True: "ValidationProblem", False: "Problem"}


class Operation:
    """Completes what FastAPI knows of a route by what this API does around every endpoint."""

    def __init__(self, route: RouteContext, values: dict[str, Any]) -> None:
        self.route = route
        self.values = values
        self.responses: dict[str, dict[str, Any]] = values["responses"]

    def speak(self) -> None:
        """Take the endpoint's own first sentence, unless its decorator has another."""
        first, _, rest = inspect.getdoc(self.route.endpoint).partition("\n\n")
