import random
from datetime import timedelta

import structlog

from app.core.errors import Conflict, Unprocessable
from app.core.replay import KeptAnswer, KeyedRequest
from app.repositories.idempotency_key import IdempotencyKeyRepository

log = structlog.get_logger(__name__)

LIFE = timedelta(days=1)
SWEPT = 1 / 50
"""How often a new key sweeps: up to 500 rows, where fifty keys leave fifty."""


class RequestInFlight(Conflict):
    code = "REQUEST_IN_FLIGHT"
    error = "A request with this key is being answered."
    detail = "Send it again in a moment, to see what it was answered."


class IdempotencyKeyReused(Unprocessable):
    code = "IDEMPOTENCY_KEY_REUSED"
    error = "Another request has had this key."
    detail = "Send the same as then, or take a new key for a new request."


class IdempotencyService:
    """Answers a request that comes again as it was answered, for a day, and does nothing else."""

    def __init__(self, keys: IdempotencyKeyRepository) -> None:
        self._keys = keys

    async def answered(self, sent: KeyedRequest) -> KeptAnswer | None:
        """Find what was answered; None lets the request go on, and keeps others like it out."""
        if not await self._keys.hold(sent):
            raise RequestInFlight
        found = await self._keys.live(sent)
        if found is None:
            return None
        if found.fingerprint != sent.fingerprint:
            log.warning("idempotency_key_reused", operation=sent.operation)
            raise IdempotencyKeyReused
        headers = [(name, value) for name, value in found.headers]
        return KeptAnswer(found.status, headers, found.body)

    async def keep(self, sent: KeyedRequest, answer: KeptAnswer) -> None:
        """Keep an answer in the transaction that it tells of."""
        await self._keys.keep(sent, answer, LIFE)
        if random.random() < SWEPT:  # noqa: S311 (no secret: spreads the work)
            await self._keys.sweep()
