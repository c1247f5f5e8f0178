"""Any PostgreSQL URL, as its provider prints it, made fit for asyncpg."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url

PLACE = {"host", "port"}
"""All that asyncpg knows of what may stand behind the `?`; the rest is for libpq."""
PLAINTEXT = {"disable", "allow", "prefer", None}
"""Values of `sslmode` that would let a connection go on without TLS."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the database is, and how to speak with it."""

    url: URL
    tls: ssl.SSLContext | None
    pooled: bool


def server_of(text: str, *, ca_file: Path | None, verified: bool, pooler: bool | None) -> Server:
    """Read a URL; with `verified`, TLS and the server's certificate are demanded whatever it says.

    libpq's `sslmode` and `channel_binding`, which providers put into their URLs, mean nothing
    to asyncpg and would be refused; asyncpg's own default would fall back to plain text.
    """
    url = make_url(text)
    mode = url.query.get("sslmode", url.query.get("ssl"))
    secure = verified or mode not in PLAINTEXT
    pooled = "-pooler." in (url.host or "") if pooler is None else pooler
    plain = url.difference_update_query(url.query.keys() - PLACE)
    return Server(
        url=plain.set(drivername="postgresql+asyncpg"),
        tls=ssl.create_default_context(cafile=ca_file) if secure else None,
        pooled=pooled,
    )
