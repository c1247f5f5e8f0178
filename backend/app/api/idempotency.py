"""Lets a client that got no answer send its request again, without doing anything twice.

As the IETF's draft says (draft-ietf-httpapi-idempotency-key-header-07); a key may stand in quotes.
"""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError

from app.core.replay import KeptAnswer, KeyedRequest
from app.repositories.idempotency_key import IdempotencyKeyRepository
from app.services.idempotency import IdempotencyService

Answer = Callable[[Request], Coroutine[Any, Any, Response]]

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEY = "[A-Za-z0-9._:-]{8,128}"
PATTERN = f'^({KEY}|"{KEY}")$'
MADE_ANEW = {"content-length", "set-cookie"}
"""Headers that are not part of what is kept."""


def with_key(endpoint: Answer, operation: str) -> Answer:
    """Answer a request whose key is known as it was answered before, in its unit of work."""

    async def answer(request: Request) -> Response:
        key = key_of(request)
        if key is None:
            return await endpoint(request)
        content = f"{request.url.path}?{request.url.query}\n".encode() + await request.body()
        sent = KeyedRequest(request.state.actor.id, operation, key, content)
        service = IdempotencyService(IdempotencyKeyRepository(request.state.session))
        kept = await service.answered(sent)
        if kept is not None:
            return replayed(kept)
        response = await endpoint(request)
        await service.keep(sent, kept_of(response))
        return response

    return answer


def key_of(request: Request) -> str | None:
    """Read the key of a request, if it has one; raise a 422 for what is none."""
    given = request.headers.getlist(HEADER)
    if not given:
        return None
    if len(given) > 1 or not re.fullmatch(PATTERN, given[0]):
        problem = {
            "loc": ("header", HEADER),
            "msg": "Give one key of 8 to 128 letters, digits, or any of . _ : -",
            "type": "idempotency_key",
        }
        raise RequestValidationError([problem])
    return given[0].strip('"')


def kept_of(response: Response) -> KeptAnswer:
    headers = [pair for pair in response.headers.items() if pair[0] not in MADE_ANEW]
    return KeptAnswer(response.status_code, headers, bytes(response.body))


def replayed(kept: KeptAnswer) -> Response:
    response = Response(kept.body, kept.status)
    for name, value in kept.headers:
        response.headers[name] = value
    response.headers[REPLAYED] = "true"
    return response
