"""Measures how `/health` answers while fifty people sign in at once, on servers of its own."""

import asyncio
import socket
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from httpx import AsyncClient, Limits
from pydantic import SecretStr

from app.core.config import TestSettings
from app.core.settings import ApiSettings, DatabaseSettings, LogSettings, RedisSettings
from app.main import create_app
from app.tests.people import ALICE, PASSWORD
from app.tests.seed import seed_people
from app.tests.servers import start_servers, worker_database, worker_redis
from dev.server import LOOPBACK

LOGINS = 50


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    """Serve the application, as one process does, to proxies of its own."""
    async with worker_database("bench") as database:
        with worker_redis("bench") as redis:
            settings = TestSettings(
                database=DatabaseSettings(url=SecretStr(database)),
                redis=RedisSettings(url=SecretStr(redis)),
                api=ApiSettings(hosts=(LOOPBACK,), proxies=(f"{LOOPBACK}/32",)),
                log=LogSettings(level="error"),
            )
            app = create_app(settings)
            async with app.state.database.apart() as session:
                await seed_people(session)
            server = uvicorn.Server(uvicorn.Config(app, log_config=None))
            with socket.create_server((LOOPBACK, 0)) as listening:
                serving = asyncio.create_task(server.serve(sockets=[listening]))
                try:
                    yield f"http://{LOOPBACK}:{listening.getsockname()[1]}"
                finally:
                    server.should_exit = True
                    await serving


async def log_in(client: AsyncClient, number: int) -> tuple[int, float]:
    """Sign in from an address of one's own: from one alone, most would have to wait."""
    started = time.perf_counter()
    answer = await client.post(
        "/api/v1/auth/login",
        json={
            "email": f"person{number}@example.com" if number else ALICE.email,
            "password": PASSWORD,
        },
        headers={"X-Forwarded-For": f"198.51.100.{number + 1}"},
    )
    return answer.status_code, time.perf_counter() - started


async def look(client: AsyncClient, times: list[float]) -> None:
    while True:
        started = time.perf_counter()
        (await client.get("/health")).raise_for_status()
        times.append(time.perf_counter() - started)
        await asyncio.sleep(0.01)


async def measure() -> None:
    limits = Limits(max_connections=LOGINS + 10)
    async with served() as url, AsyncClient(base_url=url, limits=limits, timeout=60) as client:
        await log_in(client, 0)
        times: list[float] = []
        looking = asyncio.create_task(look(client, times))
        answers = await asyncio.gather(*(log_in(client, number) for number in range(LOGINS)))
        looking.cancel()
    say("/health", times)
    say(f"{LOGINS} logins at once", [seconds for _, seconds in answers])
    print("Answers:", sorted({status for status, _ in answers}))


def say(what: str, times: list[float]) -> None:
    parts = statistics.quantiles(times, n=100)
    print(f"{what}: p50 {parts[49] * 1000:.0f} ms, p99 {parts[98] * 1000:.0f} ms ({len(times)})")


if __name__ == "__main__":
    with start_servers():
        asyncio.run(measure())
