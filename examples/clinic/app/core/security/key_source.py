"""Asks an issuer for its public keys, and bounds what that may cost."""

import asyncio
import ssl

import httpx

from app.core.security.jwks import Keys, KeysUnfit, read_keys
from app.core.settings import OutsideIssuer

MOST_BYTES = 256 * 1024
HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity"}
"""Nothing compressed: a few bytes could become more than there is room for."""


class KeySource:
    """One issuer's address for keys, asked by one connection at a time, and nowhere else.

    Redirects are not followed, and the environment names no proxy: where the keys come from
    decides who may sign in.
    """

    def __init__(self, issuer: OutsideIssuer) -> None:
        self._issuer = issuer
        self._client = httpx.AsyncClient(
            headers=HEADERS,
            timeout=httpx.Timeout(issuer.timeout, connect=issuer.timeout / 3),
            limits=httpx.Limits(max_connections=2, max_keepalive_connections=0),
            verify=ssl.create_default_context(),
            follow_redirects=False,
            trust_env=False,
        )

    async def fetch(self) -> Keys:
        """Read the keys that there are now.

        Raises KeysUnfit whatever goes wrong on the way.
        """
        try:
            async with asyncio.timeout(self._issuer.timeout):
                content = await self._content()
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise KeysUnfit(type(error).__name__) from error
        return read_keys(content, self._issuer.algorithm)

    async def close(self) -> None:
        await self._client.aclose()

    async def _content(self) -> bytes:
        content = bytearray()
        async with self._client.stream("GET", self._issuer.keys_at) as answer:
            if answer.status_code != httpx.codes.OK:
                raise KeysUnfit(f"status {answer.status_code}")
            async for piece in answer.aiter_raw():
                content += piece
                if len(content) > MOST_BYTES:
                    raise KeysUnfit("too long")
        return bytes(content)
