"""The description of the whole API, for people and for programs (OpenAPI 3.1)."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from pydantic.json_schema import models_json_schema

from app.api.health import TAGS as HEALTH_TAGS
from app.api.local import GROUP, is_local
from app.api.openapi.components import HEADERS, security_schemes, share_error_examples
from app.api.openapi.examples import add_examples
from app.api.openapi.operation import (
    add_errors,
    add_headers,
    add_key,
    clean_parameters,
    secure,
    speak,
)
from app.api.openapi.refusals import refusals
from app.api.problem import Problem, ValidationProblem
from app.api.v1.router import TAGS

SCHEMAS = "#/components/schemas/{model}"


def document_of(app: FastAPI) -> dict[str, Any]:
    """Describe each operation: what it takes, what it answers, and every error it may meet."""
    settings = app.state.settings
    routes = list(_documented(app, local=settings.tokens.local))
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=routes,
        tags=[
            {"name": name, "description": line}
            for name, line in (TAGS | HEALTH_TAGS).items()
            if settings.tokens.local or name != GROUP
        ],
    )
    schemes = security_schemes(app, settings)
    for route in routes:
        for method in route.methods or ():
            operation = document["paths"][route.path_format][method.lower()]
            speak(operation)
            clean_parameters(operation)
            secure(operation, route, schemes)
            add_errors(operation, refusals(route, settings))
            add_headers(operation, route)
            add_key(operation, route)
    document["components"] = {
        "schemas": _schemas(document),
        "securitySchemes": schemes,
        "headers": HEADERS,
        "examples": share_error_examples(document["paths"]),
    }
    return document


def _documented(app: FastAPI, *, local: bool) -> Iterator[RouteContext]:
    for route in iter_route_contexts(app.routes):
        shown = isinstance(route.original_route, APIRoute) and route.include_in_schema
        if shown and (local or not is_local(route.name or "", route.tags or ())):
            yield route


def _schemas(document: dict[str, Any]) -> dict[str, Any]:
    """Put FastAPI's own validation error aside: ours is what callers see."""
    _, ours = models_json_schema(
        [(Problem, "serialization"), (ValidationProblem, "serialization")], ref_template=SCHEMAS
    )
    schemas: dict[str, Any] = document.get("components", {}).get("schemas", {}) | ours["$defs"]
    for fastapis_own in ("HTTPValidationError", "ValidationError"):
        schemas.pop(fastapis_own, None)
    add_examples(schemas)
    return dict(sorted(schemas.items()))
