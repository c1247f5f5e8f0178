"""What the operations of the document share."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from app.api.errors import Invalid
from app.core.config import Settings

HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-ID": {
        "description": "The name of this request, in the logs too; quote it when you ask for help.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{8,64}$"},
    },
    "Location": {
        "description": "The address of what was created.",
        "required": True,
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Idempotent-Replayed": {
        "description": "`true` where a request with this key was answered before, with just this.",
        "schema": {"const": "true"},
    },
    "Link": {
        "description": 'The next page, `<...>; rel="next"`; missing on the last one (RFC 8288).',
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "Seconds to wait before the same request is worth another try.",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    },
    "WWW-Authenticate": {
        "description": "How to say who you are (RFC 6750).",
        "required": True,
        "schema": {"type": "string"},
    },
}

MISSING = {"loc": ["body", "email"], "msg": "Field required", "type": "missing"}


def security_schemes(app: FastAPI, settings: Settings) -> dict[str, dict[str, Any]]:
    """List the ways to say who you are; a form for the Authorize button where that is allowed."""
    access_token = {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": _where_tokens_are_from(settings),
    }
    if not (settings.api.password_form and settings.tokens.local):
        return {"AccessToken": access_token}
    flow = {"tokenUrl": str(app.url_path_for("token")), "scopes": {}}
    password = {
        "type": "oauth2",
        "description": "Sign in with e-mail address and password.",
        "flows": {"password": flow},
    }
    return {"Password": password, "AccessToken": access_token}


def _where_tokens_are_from(settings: Settings) -> str:
    ways = [f"one of {issuer.url}" for issuer in settings.issuer.every]
    if settings.tokens.local:
        ways.insert(0, "as `login` answers it")
    return f"An access token, {', or '.join(ways)}."


def share_error_examples(paths: dict[str, Any]) -> dict[str, Any]:
    """Take each error's example out of the operations, and leave its code in its place."""
    shared: dict[str, Any] = {}
    for content in _contents(paths):
        if examples := content.get("examples"):
            shared |= examples
            content["examples"] = {
                code: {"$ref": f"#/components/examples/{code}"} for code in examples
            }
    if Invalid.code in shared:
        shared[Invalid.code]["value"]["errors"] = [MISSING]
    return dict(sorted(shared.items()))


def _contents(paths: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in paths.values():
        for operation in path.values():
            for response in operation["responses"].values():
                yield from response.get("content", {}).values()
