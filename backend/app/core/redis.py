"""The connection to Redis, quick to give up: all that it serves can do without it."""

from typing import Any

from redis.asyncio import ConnectionPool, Redis, SSLConnection
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from app.core.settings import RedisSettings


def open_redis(settings: RedisSettings) -> Redis:
    """Make the client; nothing is sent before the first command.

    Over TLS the server's certificate and name are verified, whatever the URL says.
    """
    options: dict[str, Any] = {
        **parse_url(settings.url.get_secret_value()),
        "socket_connect_timeout": settings.timeout,
        "socket_timeout": settings.timeout,
        "retry": Retry(NoBackoff(), 0),
        "retry_on_timeout": False,
        "health_check_interval": 10,
    }
    if options.get("connection_class") is SSLConnection:
        options |= {"ssl_cert_reqs": "required", "ssl_check_hostname": True}
    return Redis.from_pool(ConnectionPool(**options))
