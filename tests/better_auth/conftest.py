"""A better-auth server for each algorithm, and the backend that takes their tokens."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tests.better_auth.server import AUDIENCE, BetterAuth
from tests.running import Told, free_port, running

BACKEND = Path(__file__).parents[2] / "backend"
ALGORITHMS = ("EdDSA", "ES256", "RS256", "PS256")


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, BetterAuth]]:
    """Where the servers will be; none of them runs yet."""
    servers = {algorithm: BetterAuth(free_port(), algorithm) for algorithm in ALGORITHMS}
    yield servers
    for server in servers.values():
        server.stop()


@pytest.fixture(scope="session")
def told(servers: dict[str, BetterAuth]) -> Iterator[Told]:
    first, *more = [
        {"url": server.origin, "audience": AUDIENCE, "algorithm": server.algorithm}
        for server in servers.values()
    ]
    settings = {f"ISSUER_{name.upper()}": value for name, value in first.items()}
    with running(BACKEND, ISSUER_MORE=json.dumps(more), **settings) as told:
        yield told


@pytest.fixture(scope="session")
def databases(told: Told) -> dict[str, str]:
    """A database for each server, on the one that `make dev` runs."""
    asyncio.run(_create(told.database))
    stem = told.database.rpartition("/")[0]
    return {algorithm: f"{stem}/auth_{algorithm.lower()}" for algorithm in ALGORITHMS}


async def _create(url: str) -> None:
    connection = await asyncpg.connect(url)
    for algorithm in ALGORITHMS:
        await connection.execute(f"CREATE DATABASE auth_{algorithm.lower()}")
    await connection.close()
