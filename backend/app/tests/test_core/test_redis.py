import socket
import time

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.core.redis import open_redis
from app.core.settings import RedisSettings


def redis_at(url: str) -> Redis:
    return open_redis(RedisSettings(url=SecretStr(url)))


async def test_a_command_is_answered(redis_url: str) -> None:
    async with redis_at(redis_url) as redis:
        assert await redis.ping()


@pytest.mark.parametrize("listening", [True, False])
async def test_a_server_that_does_not_answer_costs_a_moment(listening: bool) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if listening:
            server.listen()
        async with redis_at(f"redis://127.0.0.1:{server.getsockname()[1]}") as redis:
            started = time.monotonic()
            with pytest.raises(RedisError):
                await redis.ping()

    assert time.monotonic() - started < 0.3


@pytest.mark.parametrize("words", ["", "?ssl_cert_reqs=none&ssl_check_hostname=false"])
def test_over_tls_the_server_is_verified_whatever_the_url_says(words: str) -> None:
    redis = redis_at(f"rediss://:secret@cache.test:6380/0{words}")

    connection = redis.connection_pool.make_connection()
    context = connection.ssl_context.get()
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"


def test_what_the_url_says_of_time_does_not_count() -> None:
    redis = redis_at("redis://cache.test/0?socket_timeout=60&socket_connect_timeout=60")

    assert redis.connection_pool.connection_kwargs["socket_timeout"] == 0.1
    assert redis.connection_pool.connection_kwargs["socket_connect_timeout"] == 0.1
