"""Finds out who calls."""

from fastapi import Request

from app.api.bearer import bearer_of
from app.api.v1.dependencies import get_sessions
from app.core.actor import Actor
from app.core.errors import Unauthenticated


async def caller_of(request: Request, *, required: bool) -> Actor | None:
    """Say whose token a request carries.

    Raises TokenInvalid for a token that is present and bad, Unauthenticated for none where one
    is `required`.
    """
    token = bearer_of(request)
    if token is not None:
        sessions = await get_sessions(request)
        return await sessions.actor(token)
    if required:
        raise Unauthenticated
    return None
