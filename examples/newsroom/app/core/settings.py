"""The settings, group by group."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from email_validator import EmailNotValidError, validate_email
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


def _read_json(value: Any) -> Any:
    """Read `[{...}]`, as a list of groups is written in an environment variable."""
    if isinstance(value, str):
        try:
            return json.loads(value or "[]")
        except (ValueError, RecursionError):
            raise ValueError('write it as JSON: [{"url": "https://..."}]') from None
    return value


def _mail_address(value: str) -> str:
    try:
        address = validate_email(value, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise ValueError("write it as no-reply@example.org") from None
    return address.normalized


PostgresUrl = Annotated[SecretStr, _read_by(_postgres, "postgresql://user:password@host/database")]
RedisUrl = Annotated[SecretStr, _read_by(parse_url, "rediss://user:password@host:6379/0")]
Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Networks = Annotated[tuple[IPvAnyNetwork, ...], BeforeValidator(_split)]
MailAddress = Annotated[str, AfterValidator(lambda value: value and _mail_address(value))]
Page = Annotated[str, Field(pattern=r"^(https?://[^\s/?#]+[^\s?#]*)?$")]
"""The address of a page, to which a fragment can be added."""
Seconds = Annotated[float, Field(gt=0, le=3600)]
HttpAddress = Annotated[str, Field(max_length=255, pattern=r"^(https?://[^\s/?#@]+(/[^\s?#]*)?)?$")]
Algorithm = Literal["EdDSA", "ES256", "RS256", "PS256"]
"""Signatures that anybody can check and one server alone can make (RFC 7518, RFC 8037)."""


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
    local: bool = True
    """Whether people sign in here at all; off, they have their tokens from an outside issuer."""
    secret: SecretStr = SecretStr("")
    """What access tokens are signed with."""
    previous_secret: SecretStr = SecretStr("")
    """What they were signed with before: it still counts, so that a secret is changed unnoticed."""
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


class OutsideIssuer(Group):
    """A better-auth server, or one like it, whose access tokens are accepted here."""

    url: HttpAddress = ""
    """What its tokens say in `iss`, to the letter."""
    audience: str = Field(default="", max_length=255)
    """What they say in `aud` when they are for this API."""
    algorithm: Algorithm = "EdDSA"
    jwks_url: HttpAddress = ""
    """Where its public keys are, unless that is where better-auth has them."""
    token_minutes: int = Field(default=15, ge=1, le=60)
    """How long a token may live: until it ends, signing out over there changes nothing here."""
    timeout: float = Field(default=3.0, gt=0, le=30)
    """Seconds that it has to show its keys; a third of them to be met at all."""
    link_by_email: bool = False
    """Whether somebody new with a verified address gets the account that has verified it here."""

    @property
    def keys_at(self) -> str:
        return self.jwks_url or f"{self.url.rstrip('/')}/api/auth/jwks"


class IssuerSettings(OutsideIssuer):
    """Whose tokens are accepted beside our own: nobody's, one server's, or those of several."""

    more: Annotated[tuple[OutsideIssuer, ...], BeforeValidator(_read_json)] = ()
    """Further ones, as a list in JSON: a server that moves has two names for a while."""

    @property
    def every(self) -> tuple[OutsideIssuer, ...]:
        return (*((self,) if self.url else ()), *self.more)

    @property
    def linking(self) -> frozenset[str]:
        """Those whose people may get an account here by their address."""
        return frozenset(issuer.url for issuer in self.every if issuer.link_by_email)

    def refusals(self, *, https_only: bool) -> Iterator[str]:
        """Say what is missing or unsafe about them."""
        for issuer in self.every:
            name = "ISSUER_{}" if issuer is self else "ISSUER_MORE: {}"
            if not issuer.url:
                yield f"{name.format('URL')} is not set."
            if not issuer.audience:
                yield f"{name.format('AUDIENCE')} must be what its tokens for this API are for."
            if https_only and not issuer.url.startswith("https://"):
                yield f"{name.format('URL')} must start with https://."
            if https_only and not issuer.keys_at.startswith("https://"):
                yield f"{name.format('JWKS_URL')} must start with https://."
        if len({issuer.url for issuer in self.every}) < len(self.every):
            yield "ISSUER_MORE must name each issuer once."


class MailSettings(Group):
    """How mail leaves, from whom, and where its links lead."""

    transport: Literal["smtp", "folder", "memory"] = "smtp"
    host: str = ""
    port: int = Field(default=587, ge=1, le=65535)
    user: str = ""
    password: SecretStr = SecretStr("")
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    """`implicit` is TLS from the first byte, as on port 465."""
    ca_file: FilePath | None = None
    """Certificates to trust instead of the system's, where the server's authority is private."""
    timeout: Seconds = 20.0
    """How long the whole delivery of one mail may take."""
    sender: MailAddress = ""
    link_base: Page = ""
    """The page of your front-end that links lead to; what to do stands behind its `#`, as in
    `https://www.example.org/account#verify=bsm_...`, and so never in a log of anybody's."""
    folder: Path = Path(".local/mail")
    """Where mails are written instead of sent, on a developer's machine."""


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
