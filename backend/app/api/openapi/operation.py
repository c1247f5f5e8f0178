"""One operation of the document, completed by what this API does around every endpoint."""

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi.routing import RouteContext

from app.api.idempotency import HEADER, PATTERN, REPLAYED
from app.api.problem import problems
from app.api.public import PUBLIC
from app.api.route import Route, asked_for, creates
from app.api.v1.dependencies import get_links
from app.core.errors import AppError

SAID = {
    "200": "What was asked for.",
    "201": "It is created, and this is what it is now.",
    "202": "It is done, as far as it can be; a mail tells the rest.",
    "204": "Done; the answer has no body.",
}
UNSAID = "Successful Response"
"""What FastAPI says of an answer when nobody else does."""
KEY_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A name for this request, new for each: sent again within a day, it is answered "
    "again as it was, and nothing is created twice.",
    "schema": {"type": "string", "pattern": PATTERN},
}
HEADERS_OF = {"401": ["WWW-Authenticate"], "429": ["Retry-After"], "503": ["Retry-After"]}


def speak(operation: dict[str, Any]) -> None:
    """Take the first sentence of the endpoint for a summary, unless its decorator gives one."""
    title = operation["operationId"].replace("_", " ").title()
    if operation["summary"] == title and "description" in operation:
        first, _, rest = operation.pop("description").partition("\n\n")
        operation["summary"] = " ".join(first.split())
        if rest:
            operation["description"] = rest
    for status, response in operation["responses"].items():
        if response["description"] == UNSAID:
            response["description"] = SAID.get(status, UNSAID)


def clean_parameters(operation: dict[str, Any]) -> None:
    """Say what a parameter may be when it is there: an address has no way to write null."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        schema.pop("title", None)
        kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
        if len(kinds) == 1:
            del schema["anyOf"]
            schema |= kinds[0]
        # The docs page would fill in every example, and so ask for next to nothing.
        for each in (schema, schema.get("items", {})):
            each.pop("examples", None)


def secure(operation: dict[str, Any], route: RouteContext, schemes: Iterable[str]) -> None:
    """Say whether a token is needed; each scheme is one way to have it."""
    takes_a_token = "security" in operation
    closed = isinstance(route.original_route, Route) and route.name not in PUBLIC
    ways: list[dict[str, list[str]]] = [{scheme: []} for scheme in schemes]
    if closed:
        operation["security"] = ways
    elif takes_a_token:
        operation["security"] = [*ways, {}]


def add_errors(operation: dict[str, Any], errors: Iterable[type[AppError]]) -> None:
    """Add errors to those that the route declares itself."""
    for status, added in problems(*errors).items():
        declared = operation["responses"].setdefault(str(status), added)
        examples = declared["content"]["application/json"].get("examples", {})
        examples = examples | added["content"]["application/json"]["examples"]
        name = added["model"].__name__
        declared |= {
            "description": " ".join(example["summary"] for example in examples.values()),
            "content": {
                "application/json": {
                    "schema": {"$ref": f"#/components/schemas/{name}"},
                    "examples": examples,
                }
            },
        }
        declared.pop("model", None)
    operation["responses"] = dict(sorted(operation["responses"].items()))


def add_key(operation: dict[str, Any], route: RouteContext) -> None:
    """Say that a request which creates may have a key, and be sent again."""
    if _creates(route):
        operation.setdefault("parameters", []).append(KEY_PARAMETER)


def add_headers(operation: dict[str, Any], route: RouteContext) -> None:
    linked, keyed = get_links in asked_for(route.dependant), _creates(route)
    for status, response in operation["responses"].items():
        names = ["X-Request-ID", *HEADERS_OF.get(status, ()), *(_links(status) if linked else ())]
        names += [REPLAYED] if keyed and status == "201" else []
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _creates(route: RouteContext) -> bool:
    return isinstance(route.original_route, Route) and creates(route.original_route)


def _links(status: str) -> Iterator[str]:
    if status == "201":
        yield "Location"
    elif status == "200":
        yield "Link"
