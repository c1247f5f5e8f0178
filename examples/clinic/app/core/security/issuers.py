"""The issuers outside whose tokens are accepted."""

import asyncio

from app.core.security.compact import NotCompact, look_at
from app.core.security.key_ring import KeyRing
from app.core.security.key_source import KeySource
from app.core.security.outside_tokens import OutsideClaims, OutsideTokens
from app.core.security.tokens import refuse
from app.core.settings import IssuerSettings


class Issuers:
    """Each has a profile of its own: one algorithm, one audience, its own keys."""

    def __init__(self, settings: IssuerSettings) -> None:
        self._sources = {issuer.url: KeySource(issuer) for issuer in settings.every}
        self._rings = {url: KeyRing(source.fetch, url) for url, source in self._sources.items()}
        self._profiles = {
            issuer.url: OutsideTokens(issuer, self._rings[issuer.url]) for issuer in settings.every
        }

    def start(self) -> None:
        """Fetch all keys, and let nobody wait for them."""
        for ring in self._rings.values():
            ring.refresh_soon()

    async def read(self, token: str) -> OutsideClaims | None:
        """Check a token of one of these issuers; None if it does not say that it is.

        What it says of its issuer only chooses who is to check it.
        """
        if not self._profiles:
            return None
        try:
            unverified = look_at(token)
        except NotCompact as error:
            refuse(str(error))
        issuer = unverified.payload.get("iss")
        profile = self._profiles.get(issuer) if isinstance(issuer, str) else None
        return await profile.read(token, unverified.header) if profile else None

    async def close(self) -> None:
        await asyncio.gather(*(ring.close() for ring in self._rings.values()))
        await asyncio.gather(*(source.close() for source in self._sources.values()))
