"""A small issuer on loopback: it signs as better-auth does, and fails in each known way."""

import asyncio
import base64
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from jwt.algorithms import get_default_algorithms

from app.core.config import Settings
from app.core.settings import Algorithm, IssuerSettings
from app.tests.apps import running

AUDIENCE = "our-api"


class Fault(StrEnum):
    """What may go wrong with an issuer."""

    DOWN = "down"
    SLOW = "slow"
    BROKEN = "broken"
    GARBAGE = "garbage"
    EMPTY = "empty"
    HUGE = "huge"
    ENDLESS = "endless"
    MOVED = "moved"
    SQUEEZED = "squeezed"


OK = "200 OK"


class Signer:
    """A key of an issuer, with the name that tokens give it."""

    def __init__(self, algorithm: str, private: Any = None) -> None:
        self.kid = uuid4().hex
        self.algorithm = algorithm
        self.private = private or new_key(algorithm)

    @property
    def jwk(self) -> dict[str, Any]:
        """The public key, with the words that better-auth gives it: no `use` among them."""
        public = get_default_algorithms()[self.algorithm].to_jwk(
            self.private.public_key(), as_dict=True
        )
        plain = {name: value for name, value in public.items() if name != "key_ops"}
        return plain | {"alg": self.algorithm, "kid": self.kid}

    def signed(self, header: str, payload: str) -> str:
        """Sign anything at all, as PyJWT itself would not."""
        start = f"{header}.{payload}"
        algorithm = get_default_algorithms()[self.algorithm]
        return f"{start}.{encoded(algorithm.sign(start.encode(), self.private))}"


class FakeIssuer:
    """Shows its keys where better-auth does, and counts how often it is asked."""

    def __init__(self, algorithm: Algorithm = "EdDSA") -> None:
        self.algorithm = algorithm
        self.signer = Signer(algorithm)
        self.keys = [self.signer.jwk]
        self.fault: Fault | None = None
        self.awake = asyncio.Event()
        self.hits = 0
        self.paths: set[str] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self, **changes: Any) -> IssuerSettings:
        values = {"url": self.url, "audience": AUDIENCE, "algorithm": self.algorithm}
        # The machine may be busy with other tests: time-outs have tests of their own.
        return IssuerSettings.model_validate({**values, "timeout": 30, **changes})

    def rotate(self) -> None:
        """Sign with a new key from now on, and show it; the old one stays."""
        self.signer = Signer(self.algorithm)
        self.keys.append(self.signer.jwk)

    def token(
        self,
        signer: Signer | None = None,
        header: dict[str, Any] | None = None,
        /,
        **claims: Any,
    ) -> str:
        """Sign what better-auth would say, but for what is said; None takes a word away."""
        signer = signer or self.signer
        words = {"alg": signer.algorithm, "kid": signer.kid} | (header or {})
        said = {name: value for name, value in words.items() if value is not None}
        return signer.signed(encoded(said), encoded(self.claims(**claims)))

    def claims(self, **changes: Any) -> dict[str, Any]:
        now = int(datetime.now(UTC).timestamp())
        values = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "Qh89BO1ENxd4MGUkE3yHodtC9a5C2A0n",
            "iat": now,
            "exp": now + 300,
        }
        return {name: value for name, value in (values | changes).items() if value is not None}

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.hits += 1
        self.paths.add(head.split()[1].decode())
        try:
            if self.fault is not Fault.DOWN:
                await self._answer(writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter) -> None:
        if self.fault is Fault.SLOW:
            await self.awake.wait()
        status, body = self._shown()
        length = "" if self.fault is Fault.ENDLESS else f"\r\nContent-Length: {len(body)}"
        writer.write(f"HTTP/1.1 {status}{length}\r\nConnection: close\r\n\r\n".encode())
        while self.fault is Fault.ENDLESS:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.1)
        writer.write(body)
        await writer.drain()

    def _shown(self) -> tuple[str, bytes]:
        """Show the keys, which would do; it is the fault alone that is wrong with them."""
        keys = json.dumps({"keys": self.keys}).encode()
        answers = {
            Fault.BROKEN: ("500 Oops", keys),
            Fault.MOVED: ("302 Found\r\nLocation: /elsewhere", keys),
            Fault.SQUEEZED: (f"{OK}\r\nContent-Encoding: gzip", gzip.compress(keys)),
            Fault.GARBAGE: (OK, b"<html>"),
            Fault.EMPTY: (OK, b'{"keys": []}'),
            Fault.HUGE: (OK, keys + b" " * 300_000),
        }
        return answers.get(self.fault, (OK, keys)) if self.fault else (OK, keys)


@asynccontextmanager
async def issuing(algorithm: Algorithm = "EdDSA") -> AsyncIterator[FakeIssuer]:
    """Run an issuer for as long as it takes."""
    issuer = FakeIssuer(algorithm)
    server = await asyncio.start_server(issuer.meet, "127.0.0.1", 0)
    issuer.port = server.sockets[0].getsockname()[1]
    try:
        yield issuer
    finally:
        server.close()


@asynccontextmanager
async def trusting(settings: Settings, issuer: IssuerSettings) -> AsyncIterator[FastAPI]:
    """Run the application with an issuer whose tokens it takes."""
    async with running(settings.model_copy(update={"issuer": issuer})) as app:
        yield app


def caller(app: FastAPI, token: str) -> AsyncClient:
    """Somebody who calls with this token, whoever made it."""
    headers = {"Authorization": f"Bearer {token}"}
    return AsyncClient(transport=ASGITransport(app), base_url="http://test", headers=headers)


def encoded(part: Any) -> str:
    """Write a part of a token (RFC 7515 section 7.1): JSON, or bytes as they are."""
    content = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def new_key(algorithm: str) -> Any:
    if algorithm == "EdDSA":
        return Ed25519PrivateKey.generate()
    if algorithm == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa_key(algorithm)


@cache
def rsa_key(_algorithm: str, bits: int = 2048) -> Any:
    """Make one for each algorithm; to make several would take seconds."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)
