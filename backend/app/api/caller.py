"""Finds out who calls."""

from fastapi import Request

from app.api.bearer import bearer_of
from app.api.v1.dependencies import get_sessions, get_user_identities
from app.core.actor import Actor
from app.core.errors import Unauthenticated
from app.core.security.tokens import TokenInvalid


async def caller_of(request: Request, *, required: bool) -> Actor | None:
    """Say whose token a request carries, be it of our own making or of an issuer outside.

    Raises TokenInvalid for a token that is present and bad, Unauthenticated for none where one
    is `required`.
    """
    token = bearer_of(request)
    if token is None:
        if required:
            raise Unauthenticated
        return None
    state = request.app.state
    if claims := await state.issuers.read(token):
        identities = await get_user_identities(request)
        return await identities.actor(claims)
    if not state.settings.tokens.local:
        raise TokenInvalid
    sessions = await get_sessions(request)
    return await sessions.actor(token)
