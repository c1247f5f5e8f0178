"""The settings, group by group."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FilePath,
    IPvAnyNetwork,
    SecretStr,
)
from redis.asyncio.connection import parse_url
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.core.about import NAME


def _split(value: Any) -> Any:
    """Read `a, b`, as a list is written in an environment variable."""
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


def _read_by(parse: Callable[[str], object], form: str) -> AfterValidator:
    """Refuse what its reader could not read, at the start and without repeating it."""

    def check(value: SecretStr) -> SecretStr:
        try:
            if text := value.get_secret_value():
                parse(text)
        except (ArgumentError, ValueError):
            raise ValueError(f"write it as {form}") from None
        return value

    return AfterValidator(check)


def _postgres(text: str) -> None:
    if make_url(text).get_backend_name() not in {"postgresql", "postgres"}:
        raise ValueError


PostgresUrl = Annotated[SecretStr, _read_by(_postgres, "postgresql://user:password@host/database")]
RedisUrl = Annotated[SecretStr, _read_by(parse_url, "rediss://user:password@host:6379/0")]
Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Networks = Annotated[tuple[IPvAnyNetwork, ...], BeforeValidator(_split)]
Seconds = Annotated[float, Field(gt=0, le=3600)]


class Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class DatabaseSettings(Group):
    """PostgreSQL, at a URL as any provider prints it."""

    url: PostgresUrl = SecretStr("")
    ca_file: FilePath | None = None
    """Certificates to trust instead of the system's, where the server's authority is private."""
    pool_size: int = Field(default=5, ge=1, le=100)
    pool_overflow: int = Field(default=5, ge=0, le=100)
    pool_timeout: Seconds = 2.0
    connect_timeout: Seconds = 10.0
    command_timeout: Seconds = 15.0
    statement_timeout: Seconds = 10.0
    lock_timeout: Seconds = 3.0
    pooler: bool | None = None
    """Whether a pooler in transaction mode stands before the server; by default its host tells."""


class RedisSettings(Group):
    url: RedisUrl = SecretStr("")
    timeout: Seconds = 0.1


class TokenSettings(Group):
    secret: SecretStr = SecretStr("")
    issuer: str = Field(default=NAME, min_length=1)
    audience: str = Field(default=NAME, min_length=1)
    access_minutes: int = Field(default=10, ge=1, le=15)
    """ASVS 7.3: an access token lives at most a quarter of an hour."""
    known_seconds: int = Field(default=30, ge=0, le=300)
    """How long a process may know who calls without asking again, although nothing has changed;
    0 asks the database for every request."""
    refresh_idle_days: int = Field(default=7, ge=1, le=30)
    refresh_days: int = Field(default=30, ge=1, le=90)
    refresh_grace_seconds: int = Field(default=10, ge=0, le=60)
    """How long a refresh token that was used still gives the token that it gave before."""
    max_sessions: int = Field(default=20, ge=1, le=100)
    """In how many places somebody may be signed in; one login more ends the oldest session."""


class ApiSettings(Group):
    """How the API meets the network."""

    hosts: Words = ()
    """Names that it answers to; `*.example.org` stands for every name below."""
    origins: Words = ()
    """Browser origins that may call it (CORS), each in full."""
    proxies: Networks = ()
    """Networks of the proxies whose `X-Forwarded-*` headers are believed."""
    body_limit: int = Field(default=2_097_152, ge=1024)
    """Bytes that a request's body may have; a file of 1 MiB takes a third more as base64."""
    deadline: Seconds = 30.0
    """How long a request may take before it is answered with 503."""
    body_pause: Seconds = 10.0
    """How long a request's body may keep us waiting before it is answered with 408."""
    docs: bool = False
    password_form: bool = False
    """Whether the docs page may sign in through the OAuth2 password form."""


class LogSettings(Group):
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["json", "console"] = "json"
