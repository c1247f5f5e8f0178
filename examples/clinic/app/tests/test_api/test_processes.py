"""Two processes of the application, as in production, that know of each other by Redis alone."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from app.core.config import Settings
from app.tests.network import Network, network
from dev.process import Process
from dev.server import LOOPBACK, free_port

BACKEND = Path(__file__).parents[3]
SERVE = [sys.executable, "-m", "uvicorn", "app.main:app_from_environment", "--factory"]
ME = "/api/v1/users/me"
pytestmark = pytest.mark.thorough
OWN, ASKED = 1, 2
"""Statements that it takes to show somebody's account: one; and one more to know who they are."""


async def until(ask: Callable[[], Awaitable[int]], answer: int, seconds: float = 10) -> None:
    """Ask again and again until the answer is the one that is expected."""
    deadline = time.monotonic() + seconds
    while await ask() != answer:
        assert time.monotonic() < deadline, f"It was not {answer} in time."
        await asyncio.sleep(0.01)


class Worker:
    """One process, and what it logs."""

    def __init__(self, port: int, log: Path) -> None:
        self._client = httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{port}")
        self._log = log

    async def ask(self, person: httpx.AsyncClient, method: str = "GET", path: str = ME) -> int:
        """Send a request with somebody's token; returns the status."""
        headers = {"Host": "test", "Authorization": person.headers["Authorization"]}
        return (await self._client.request(method, path, headers=headers)).status_code

    async def statements(self, person: httpx.AsyncClient) -> int:
        """Say how many statements it took to show somebody's account."""
        before = len(self._requests())
        assert await self.ask(person) == 200
        deadline = time.monotonic() + 5
        while len(shown := self._requests()) == before:
            assert time.monotonic() < deadline, "The request was not logged."
            await asyncio.sleep(0.01)
        return shown[-1]

    async def until_statements(self, person: httpx.AsyncClient, count: int) -> None:
        await until(lambda: self.statements(person), count)

    def _requests(self) -> list[int]:
        lines = [json.loads(line) for line in self._log.read_text().splitlines()]
        return [int(line["queries"]) for line in lines if line.get("event") == "request"]

    async def until_up(self) -> None:
        async with asyncio.timeout(30):
            while True:
                try:
                    await self._client.get("/health")
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
                else:
                    return

    async def close(self) -> None:
        await self._client.aclose()


@asynccontextmanager
async def worker(settings: Settings, redis_url: str, log: Path) -> AsyncIterator[Worker]:
    port = free_port()
    environment = os.environ | {
        "ENVIRONMENT": "test",
        "DATABASE_URL": settings.database.url.get_secret_value(),
        "REDIS_URL": redis_url,
        "TOKENS_KNOWN_SECONDS": "30",
        "PYTHONUNBUFFERED": "1",
    }
    with log.open("wb") as output:
        command = [*SERVE, "--host", LOOPBACK, "--port", str(port), "--no-access-log"]
        process = Process(
            command, signal.SIGTERM, folder=BACKEND, environment=environment, output=output
        )
        found = Worker(port, log)
        try:
            yield found
        finally:
            await found.close()
            await asyncio.to_thread(process.stop)


@pytest.fixture(scope="module")
async def between(redis_url: str) -> AsyncIterator[Network]:
    async with network(redis_url) as found:
        yield found


@pytest.fixture(scope="module")
async def workers(
    settings: Settings,
    redis_url: str,
    between: Network,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Worker, Worker]]:
    """Two processes; the network between the second and Redis is in our hands."""
    folder = tmp_path_factory.mktemp("processes")
    async with (
        worker(settings, redis_url, folder / "first.log") as first,
        worker(settings, between.url, folder / "second.log") as second,
    ):
        await asyncio.gather(first.until_up(), second.until_up())
        yield first, second


async def test_who_is_known_costs_no_statement(
    workers: tuple[Worker, Worker], alice: httpx.AsyncClient
) -> None:
    for each in workers:
        await each.until_statements(alice, OWN)


async def test_a_logout_is_known_to_the_other_process_within_a_second(
    workers: tuple[Worker, Worker], alice: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    first, second = workers
    await second.until_statements(alice, OWN)
    await second.until_statements(bob, OWN)

    assert await first.ask(alice, "POST", "/api/v1/auth/logout") == 204

    await until(lambda: second.ask(alice), 401, seconds=1)
    assert await first.ask(alice) == 401
    assert await second.ask(bob) == 200


async def test_a_process_that_redis_does_not_reach_asks_the_database(
    workers: tuple[Worker, Worker], between: Network, alice: httpx.AsyncClient
) -> None:
    first, second = workers
    await second.until_statements(alice, OWN)

    between.fall_silent()
    assert await first.ask(alice, "POST", "/api/v1/auth/logout") == 204

    await until(lambda: second.ask(alice), 401, seconds=1)
    between.reset()
    between.speak_again()


async def test_after_a_reconnect_nobody_is_known_until_asked_for(
    workers: tuple[Worker, Worker], between: Network, bob: httpx.AsyncClient
) -> None:
    _, second = workers
    await second.until_statements(bob, OWN)

    between.fall_silent()
    await second.until_statements(bob, ASKED)
    assert await second.statements(bob) == ASKED
    between.reset()
    between.speak_again()

    await second.until_statements(bob, OWN)
