"""Finds out who calls."""

from fastapi import Request

from app.api.v1.dependencies import get_sessions
from app.core.actor import Actor
from app.core.errors import Unauthenticated
from app.core.security.tokens import TokenInvalid


async def caller_of(request: Request, *, required: bool) -> Actor | None:
    """Say whose token a request carries.

    Raises TokenInvalid for a token that is present and bad, Unauthenticated for none where one
    is `required`.
    """
    given = request.headers.getlist("authorization")
    if not given:
        if required:
            raise Unauthenticated
        return None
    scheme, _, token = given[0].partition(" ")
    if len(given) > 1 or scheme.lower() != "bearer":
        raise TokenInvalid
    return await get_sessions(request).actor(token.strip())
