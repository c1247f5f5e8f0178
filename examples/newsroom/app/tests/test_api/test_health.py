import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from pydantic import SecretStr
from redis.asyncio import Redis
from structlog.testing import capture_logs

from app.api import health
from app.api.errors import add_error_handlers
from app.api.health import NotReady, Readiness
from app.core.redis import open_redis
from app.core.settings import DatabaseSettings, RedisSettings
from app.db.database import Database, open_database


def app_of(readiness: Readiness | None = None) -> FastAPI:
    app = FastAPI()
    app.include_router(health.router)
    add_error_handlers(app)
    app.state.readiness = readiness
    return app


async def ask(app: FastAPI, path: str) -> Response:
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        return await client.get(path)


def assert_not_ready(answer: Response) -> None:
    """Expect a refusal that tells a stranger nothing."""
    assert answer.status_code == 503
    assert answer.json().keys() == {"error", "detail", "code", "request_id"}
    assert answer.json()["code"] == NotReady.code
    assert int(answer.headers["Retry-After"]) > 0


class Asked:
    """Stands for a database or a Redis, and counts how often it is asked."""

    def __init__(self, seconds: float = 0.0, error: Exception | None = None) -> None:
        self.times = 0
        self.seconds = seconds
        self.error = error

    async def ping(self) -> None:
        self.times += 1
        await asyncio.sleep(self.seconds)
        if self.error is not None:
            raise self.error


def ready_if(database: Any, redis: Any = None, **bounds: float) -> Readiness:
    return Readiness(cast("Database", database), cast("Redis", redis or Asked()), **bounds)


@pytest.fixture
def away() -> Iterator[str]:
    """An address where nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{bound.getsockname()[1]}"


@pytest.fixture
def silent() -> Iterator[str]:
    """An address where somebody listens, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


@asynccontextmanager
async def database_at(address: str) -> AsyncIterator[Database]:
    url = SecretStr(f"postgresql://app:secret@{address}/app")
    database = open_database(DatabaseSettings(url=url), verified=False)
    try:
        yield database
    finally:
        await database.close()


async def test_the_process_is_alive_whatever_else_is_not() -> None:
    answer = await ask(app_of(), "/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_the_application_is_ready_when_its_database_answers(visitor: AsyncClient) -> None:
    for path in ("/health", "/readiness"):
        answer = await visitor.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_a_database_that_refuses_is_not_ready_at_once(away: str) -> None:
    async with database_at(away) as database:
        started = time.monotonic()
        assert_not_ready(await ask(app_of(ready_if(database)), "/readiness"))
        assert time.monotonic() - started < 1


async def test_a_database_that_is_silent_is_not_waited_for(silent: str) -> None:
    async with database_at(silent) as database:
        started = time.monotonic()
        assert_not_ready(await ask(app_of(ready_if(database, within=0.3)), "/readiness"))
        assert time.monotonic() - started < 1


async def test_an_answer_takes_two_seconds_at_most_even_if_nothing_can_be_cancelled() -> None:
    class Stubborn:
        async def ping(self) -> None:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                await asyncio.sleep(0.5)

    started = time.monotonic()
    assert not await ready_if(Stubborn()).ready()
    assert 1.9 < time.monotonic() - started < 2.4
    await asyncio.sleep(0.6)


async def test_a_wrong_password_is_not_ready_either(database_url: str) -> None:
    address = database_url.split("@")[1].split("/")[0]
    async with database_at(address) as database:
        assert_not_ready(await ask(app_of(ready_if(database)), "/readiness"))


@pytest.mark.parametrize("fault", ["away", "silent"])
async def test_redis_may_be_gone_and_the_log_tells(
    fault: str, request: pytest.FixtureRequest, database: Database
) -> None:
    address = request.getfixturevalue(fault)
    redis = open_redis(RedisSettings(url=SecretStr(f"redis://{address}")))

    started = time.monotonic()
    with capture_logs() as lines:
        assert await ready_if(database, redis).ready()
    await redis.aclose()

    assert time.monotonic() - started < 0.5
    assert lines[0]["event"] == "dependencies"
    assert lines[0]["database"] == "ok"
    assert lines[0]["redis"] in {"ConnectionError", "TimeoutError"}


async def test_many_ask_and_the_database_is_asked_once_a_second() -> None:
    database, redis = Asked(seconds=0.05), Asked()
    readiness = ready_if(database, redis, every=0.3)

    assert all(await asyncio.gather(*(readiness.ready() for _ in range(100))))
    assert await readiness.ready()
    assert (database.times, redis.times) == (1, 1)

    await asyncio.sleep(0.3)
    assert await readiness.ready()
    assert (database.times, redis.times) == (2, 2)


async def test_a_slow_database_is_not_asked_again_before_it_has_answered() -> None:
    database = Asked(seconds=0.2)
    readiness = ready_if(database, every=0)

    first = asyncio.create_task(readiness.ready())
    await asyncio.sleep(0.05)
    assert await readiness.ready()
    assert await first
    assert database.times == 1


async def test_who_asked_first_may_leave() -> None:
    readiness = ready_if(Asked(seconds=0.1))
    first = asyncio.create_task(readiness.ready())
    await asyncio.sleep(0)
    second = asyncio.create_task(readiness.ready())
    await asyncio.sleep(0.02)
    first.cancel()

    assert await second


async def test_a_database_that_comes_back_is_ready_again_and_each_change_is_logged_once() -> None:
    database = Asked(error=OSError())
    readiness = ready_if(database, every=0)

    with capture_logs() as lines:
        outcomes = [await readiness.ready(), await readiness.ready()]
        database.error = None
        outcomes += [await readiness.ready(), await readiness.ready()]

    assert outcomes == [False, False, True, True]
    assert [line["database"] for line in lines] == ["OSError", "ok"]


def test_the_documentation_tells_of_both() -> None:
    paths = app_of().openapi()["paths"]

    assert paths["/health"]["get"]["tags"] == paths["/readiness"]["get"]["tags"] == ["health"]
    assert "503" in paths["/readiness"]["get"]["responses"]
    assert "503" not in paths["/health"]["get"]["responses"]
