"""The public keys of an issuer at hand: asked for seldom, and kept while nobody answers.

    younger than 240 s       used as they are
    older                    used, while newer ones are fetched
    older than 24 h, or none no token can be judged: 503

A key that nobody knows is looked for, unless that was done for another a moment ago: whoever
makes up names of keys must not be able to keep the issuer busy.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

import structlog
from jwt import PyJWK

from app.core.errors import Unavailable
from app.core.security.allowance import Allowance, Unknown
from app.core.security.jwks import Keys, KeysUnfit
from app.core.security.tokens import TokenInvalid

log = structlog.get_logger(__name__)

REFRESH_AFTER = 240.0
SPREAD = 60.0
"""Seconds by which processes differ, so that not all of them ask at once."""
KEPT_FOR = 24 * 3600.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
"""Seconds before an issuer that failed is asked again; twice as many each time."""


class IssuerUnavailable(Unavailable):
    code = "ISSUER_UNAVAILABLE"
    error = "Your access token can't be checked at the moment."
    detail = "The server that issued it does not answer. Try again after `Retry-After` seconds."
    headers = {"Retry-After": "5"}  # noqa: RUF012 (a class's own, as its kind has them)


class KeyRing:
    """The keys of one issuer, fetched by one task at a time whoever waits for them."""

    def __init__(
        self,
        fetch: Callable[[], Awaitable[Keys]],
        issuer: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._issuer = issuer
        self._clock = clock
        self._turn = asyncio.Lock()
        self._keys: Keys = {}
        self._fetched_at = self._refresh_at = float("-inf")
        self._failures = 0
        self._not_before = float("-inf")
        self._searches = Allowance(clock, most=2, every=10.0)
        self._unknown = Unknown(clock, most=1024, seconds=30.0)
        self._refreshing: asyncio.Task[None] | None = None

    def refresh_soon(self) -> None:
        """Fetch newer keys beside whatever else happens; a failure leaves those that there are."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh())

    async def key(self, kid: str) -> PyJWK:
        """Hand out the key of this name.

        Raises TokenInvalid if there is none, IssuerUnavailable if nobody can tell.
        """
        if self._outlived():
            await self._refresh()
            if self._outlived():
                raise IssuerUnavailable
        elif self._due():
            self.refresh_soon()
        if kid not in self._keys and kid not in self._unknown:
            await self._search(kid)
        if kid in self._keys:
            return self._keys[kid]
        # While the issuer is away, this may well be a key of today that we have not seen.
        raise IssuerUnavailable if self._failures else TokenInvalid

    async def close(self) -> None:
        """End what is under way."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.wait([self._refreshing])

    async def _search(self, kid: str) -> None:
        async with self._turn:
            # Whoever had the turn before may have brought it, or looked in vain.
            if kid in self._keys or kid in self._unknown:
                return
            if self._may_ask() and self._searches.take():
                await self._ask()
                if not self._failures and kid not in self._keys:
                    self._unknown.add(kid)

    async def _refresh(self) -> None:
        async with self._turn:
            if self._due() and self._may_ask():
                await self._ask()
                if not self._failures:
                    # Whoever asks for a name that is not there has been answered already.
                    self._searches.take()

    async def _ask(self) -> None:
        try:
            self._keys = await self._fetch()
        except KeysUnfit as error:
            self._failed(error)
            return
        self._fetched_at = self._clock()
        self._refresh_at = self._fetched_at + REFRESH_AFTER + SPREAD * _chance()
        if self._failures:
            log.info("issuer_available", issuer=self._issuer)
        self._failures = 0

    def _failed(self, error: KeysUnfit) -> None:
        if not self._failures:
            log.warning("issuer_unavailable", issuer=self._issuer, reason=str(error))
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(self._failures, 10))
        self._failures += 1
        self._not_before = self._clock() + pause * (0.5 + _chance() / 2)

    def _due(self) -> bool:
        return self._clock() >= self._refresh_at

    def _may_ask(self) -> bool:
        return self._clock() >= self._not_before

    def _outlived(self) -> bool:
        return self._clock() - self._fetched_at > KEPT_FOR


def _chance() -> float:
    return random.random()  # noqa: S311 (no secret: spreads processes in time)
