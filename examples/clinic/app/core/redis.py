"""The connection to Redis, quick to give up: all that it serves can do without it."""

from ssl import SSLContext
from typing import Any

from redis.asyncio import ConnectionPool, Redis, SSLConnection
from redis.asyncio.connection import RedisSSLContext, parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from app.core.settings import RedisSettings


class VerifiedConnection(SSLConnection):
    """A connection over TLS to a server that has proven its name.

    All share one context: to read the system's authorities takes longer than we wait for Redis.
    """

    def __init__(self, *, context: SSLContext, **options: Any) -> None:
        super().__init__(**options)
        self.ssl_context.context = context


def open_redis(settings: RedisSettings) -> Redis:
    """Make the client; nothing is sent before the first command."""
    options: dict[str, Any] = {
        **parse_url(settings.url.get_secret_value()),
        "socket_connect_timeout": settings.timeout,
        "socket_timeout": settings.timeout,
        "retry": Retry(NoBackoff(), 0),
        "retry_on_timeout": False,
        "health_check_interval": 10,
    }
    if options.get("connection_class") is SSLConnection:
        options |= {"connection_class": VerifiedConnection, "context": verified(options)}
    return Redis.from_pool(ConnectionPool(**options))


def verified(options: dict[str, Any]) -> SSLContext:
    """Demand a certificate for the server's name, whatever the URL says of that."""
    return RedisSSLContext(
        keyfile=options.get("ssl_keyfile"),
        certfile=options.get("ssl_certfile"),
        ca_certs=options.get("ssl_ca_certs"),
        cert_reqs="required",
        check_hostname=True,
    ).get()
