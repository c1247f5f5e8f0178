"""Settings: from the environment, from secret files, and in development from `.env`.

A setting's name is its group and its field: `DATABASE_URL`, `TOKENS_SECRET`, `API_HOSTS`.
"""

import os
from collections.abc import Iterator
from typing import ClassVar

from pydantic import SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from app.core.settings import (
    ApiSettings,
    DatabaseSettings,
    IssuerSettings,
    LogSettings,
    MailSettings,
    RedisSettings,
    TokenSettings,
)

DEVELOPMENT_SECRET = "for-development-only-never-in-production"  # noqa: S105 (refused elsewhere)
DEVELOPMENT_PAGE = "http://127.0.0.1:8000/docs"
NOBODY = "no-reply@example.com"


class SettingsInvalid(Exception):
    """Some settings are missing or unsafe; says which, never their values."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("\n".join(findings))


class Settings(BaseSettings):
    """Everything that may differ between two deployments."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        enable_decoding=False,
        hide_input_in_errors=True,
        nested_model_default_partial_update=True,
        secrets_dir_missing="ok",
    )
    https_only: ClassVar[bool] = False
    """Whether plain HTTP is refused, and the database's certificate verified."""

    database: DatabaseSettings = DatabaseSettings()
    redis: RedisSettings = RedisSettings()
    tokens: TokenSettings = TokenSettings()
    issuer: IssuerSettings = IssuerSettings()
    mail: MailSettings = MailSettings()
    api: ApiSettings = ApiSettings()
    log: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        files = NestedSecretsSettingsSource(file_secret_settings)
        return init_settings, env_settings, dotenv_settings, files

    def refusals(self) -> Iterator[str]:
        """Say what is missing or unsafe where these settings are used."""
        for name, url in (("DATABASE_URL", self.database.url), ("REDIS_URL", self.redis.url)):
            if not url.get_secret_value():
                yield f"{name} is not set."
        if self.tokens.issuer in {issuer.url for issuer in self.issuer.every}:
            yield "ISSUER_URL must be the name of another server, and TOKENS_ISSUER is ours."
        if not (self.tokens.local or self.issuer.every):
            yield "ISSUER_URL is not set, and while TOKENS_LOCAL is off nobody can sign in."
        yield from self.issuer.refusals(https_only=self.https_only)


class DevelopmentSettings(Settings):
    """A developer's machine: readable logs, the docs page, a secret that everybody knows; mails
    become files."""

    model_config = SettingsConfigDict(env_file=".env")

    tokens: TokenSettings = TokenSettings(secret=SecretStr(DEVELOPMENT_SECRET))
    mail: MailSettings = MailSettings(transport="folder", sender=NOBODY, link_base=DEVELOPMENT_PAGE)
    api: ApiSettings = ApiSettings(
        hosts=("localhost", "127.0.0.1", "[::1]"), docs=True, password_form=True
    )
    log: LogSettings = LogSettings(format="console")


class TestSettings(Settings):
    """The tests: as production is, but over plain HTTP and with the docs page.

    They change rows behind the application's back, so it asks each time who calls.
    """

    tokens: TokenSettings = TokenSettings(secret=SecretStr(DEVELOPMENT_SECRET), known_seconds=0)
    mail: MailSettings = MailSettings(
        transport="memory", sender=NOBODY, link_base="https://www.example.com/account"
    )
    api: ApiSettings = ApiSettings(hosts=("test",), docs=True, password_form=True)


class ProductionSettings(Settings):
    """The open network: what is unsafe is refused before the first request."""

    https_only: ClassVar[bool] = True

    def refusals(self) -> Iterator[str]:
        yield from super().refusals()
        yield from self._token_refusals()
        yield from self._mail_refusals()
        if not self.api.hosts or "*" in self.api.hosts:
            yield "API_HOSTS must name the hosts that the API answers to; `*` is not a name."
        if any(not origin.startswith("https://") or "*" in origin for origin in self.api.origins):
            yield "API_ORIGINS must list exact origins that start with https://."
        if any(network.prefixlen == 0 for network in self.api.proxies):
            yield "API_PROXIES must not believe everybody; name your proxies' networks."
        if "sslmode=disable" in self.database.url.get_secret_value():
            yield "DATABASE_URL must not turn TLS off."
        if self.redis.url.get_secret_value().startswith("redis://"):
            yield "REDIS_URL must use TLS: rediss://..."
        if self.api.password_form:
            yield "API_PASSWORD_FORM must be off: the password grant is for development (RFC 9700)."
        if self.log.level == "debug":
            yield "LOG_LEVEL must not be debug."

    def _token_refusals(self) -> Iterator[str]:
        secret = self.tokens.secret.get_secret_value()
        previous = self.tokens.previous_secret.get_secret_value()
        if _is_weak(secret):
            yield "TOKENS_SECRET must be a random value of at least 32 bytes."
        if previous and _is_weak(previous):
            yield "TOKENS_PREVIOUS_SECRET must be a random value of at least 32 bytes, or not set."
        elif previous and previous == secret:
            yield "TOKENS_PREVIOUS_SECRET must be what TOKENS_SECRET was before, or not set."

    def _mail_refusals(self) -> Iterator[str]:
        if self.mail.transport != "smtp":
            yield "MAIL_TRANSPORT must be smtp: people wait for their mail."
        if not self.mail.host:
            yield "MAIL_HOST is not set."
        if not self.mail.sender:
            yield "MAIL_SENDER is not set."
        if self.mail.tls == "none":
            yield "MAIL_TLS must be starttls or implicit."
        if not self.mail.link_base.startswith("https://"):
            yield "MAIL_LINK_BASE must be a page that starts with https://."


class StagingSettings(ProductionSettings):
    """Production once more, for trying things out: the docs page is shown."""

    api: ApiSettings = ApiSettings(docs=True)


ENVIRONMENTS: dict[str, type[Settings]] = {
    "development": DevelopmentSettings,
    "test": TestSettings,
    "staging": StagingSettings,
    "production": ProductionSettings,
}


def load_settings() -> Settings:
    """Read the settings of this process, for production unless `ENVIRONMENT` says otherwise.

    Raises SettingsInvalid if one is missing or unsafe.
    """
    settings = read_settings()
    if findings := list(settings.refusals()):
        raise SettingsInvalid(findings)
    return settings


def read_settings() -> Settings:
    """Read the settings without asking whether they are enough to serve requests with.

    Raises SettingsInvalid if one can't be read.
    """
    environment = os.environ.get("ENVIRONMENT", "production")
    if environment not in ENVIRONMENTS:
        raise SettingsInvalid([f"ENVIRONMENT must be one of {', '.join(ENVIRONMENTS)}."])
    secrets_dir = os.environ.get("SECRETS_DIR", "/run/secrets")
    try:
        return ENVIRONMENTS[environment](_secrets_dir=secrets_dir)
    except ValidationError as error:
        findings = [_finding(problem["loc"], problem["msg"]) for problem in error.errors()]
        raise SettingsInvalid(findings) from None


def _is_weak(secret: str) -> bool:
    return len(secret.encode()) < 32 or secret == DEVELOPMENT_SECRET


def _finding(place: tuple[int | str, ...], message: str) -> str:
    return f"{'_'.join(str(part) for part in place[:2]).upper()}: {message}."
