"""Settings: where they come from, and what is refused before the first request."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core import config
from app.core.config import SettingsInvalid, load_settings, read_settings
from app.main import app_from_environment

SECRET = "8b1f6a7d0c2e4935a1b8c7d6e5f40312"
FIT = {
    "ENVIRONMENT": "production",
    "DATABASE_URL": "postgresql://app:secret@db.example.org/app",
    "REDIS_URL": "rediss://cache.example.org:6379/0",
    "TOKENS_SECRET": SECRET,
    "API_HOSTS": "api.example.org",
    "MAIL_HOST": "smtp.example.org",
    "MAIL_SENDER": "no-reply@example.org",
    "MAIL_LINK_BASE": "https://www.example.org/account",
}

Environment = Callable[..., None]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Environment:
    """Start from settings that are fit for production, and change some; None takes one away."""
    monkeypatch.chdir(tmp_path)
    for name in FIT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path / "secrets"))

    def put(**changes: str | None) -> None:
        for name, value in {**FIT, **changes}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)

    return put


def findings() -> list[str]:
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    return str(caught.value).splitlines()


# The four kinds of deployment.


@pytest.mark.parametrize(
    ("name", "kind", "https_only", "docs"),
    [
        ("development", config.DevelopmentSettings, False, True),
        ("test", config.TestSettings, False, True),
        ("staging", config.StagingSettings, True, True),
        ("production", config.ProductionSettings, True, False),
        (None, config.ProductionSettings, True, False),
    ],
)
def test_each_deployment_has_its_own_settings(
    environment: Environment, name: str | None, kind: type, https_only: bool, docs: bool
) -> None:
    environment(ENVIRONMENT=name)

    settings = load_settings()

    assert type(settings) is kind
    assert settings.https_only is https_only
    assert settings.api.docs is docs


@pytest.mark.parametrize("name", ["", "Production", "prod"])
def test_a_deployment_that_nobody_knows_is_refused(environment: Environment, name: str) -> None:
    environment(ENVIRONMENT=name)

    assert findings() == ["ENVIRONMENT must be one of development, test, staging, production."]


@pytest.mark.parametrize("name", ["development", "test"])
def test_a_developer_needs_to_say_only_where_things_are(
    environment: Environment, name: str
) -> None:
    needless = ("TOKENS_SECRET", "API_HOSTS", "MAIL_HOST", "MAIL_SENDER", "MAIL_LINK_BASE")
    environment(ENVIRONMENT=name, **dict.fromkeys(needless))

    assert load_settings().api.password_form
    environment(ENVIRONMENT=name, DATABASE_URL=None, REDIS_URL="")
    assert findings() == ["DATABASE_URL is not set.", "REDIS_URL is not set."]


# What is unsafe, or can't be read.


@pytest.mark.parametrize("deployment", ["production", "staging"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", None),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "db.example.org"),
        ("DATABASE_URL", "mysql://app:unsafe-value@db.example.org/app"),
        ("DATABASE_URL", "postgresql://app:unsafe-value@db.example.org:port/app"),
        ("DATABASE_URL", "postgresql://app:unsafe-value@db.example.org/app?sslmode=disable"),
        ("DATABASE_POOL_SIZE", "0"),
        ("DATABASE_POOL_SIZE", "unsafe-value"),
        ("DATABASE_STATEMENT_TIMEOUT", "0"),
        ("DATABASE_STATEMENT_TIMEOUT", "inf"),
        ("DATABASE_STATEMENT_TIMEOUT", "nan"),
        ("DATABASE_CA_FILE", "/nowhere/unsafe-value.pem"),
        ("REDIS_URL", None),
        ("REDIS_URL", "redis://:unsafe-value@cache.example.org"),
        ("REDIS_URL", "http://:unsafe-value@cache.example.org"),
        ("REDIS_URL", "rediss://cache.example.org:unsafe-value"),
        ("TOKENS_SECRET", None),
        ("TOKENS_SECRET", ""),
        ("TOKENS_SECRET", "unsafe-value"),
        ("TOKENS_SECRET", SECRET[1:]),
        ("TOKENS_SECRET", config.DEVELOPMENT_SECRET),
        ("TOKENS_PREVIOUS_SECRET", "unsafe-value"),
        ("TOKENS_PREVIOUS_SECRET", SECRET[1:]),
        ("TOKENS_PREVIOUS_SECRET", config.DEVELOPMENT_SECRET),
        ("TOKENS_PREVIOUS_SECRET", SECRET),
        ("TOKENS_ACCESS_MINUTES", "16"),
        ("TOKENS_MAX_SESSIONS", "0"),
        ("TOKENS_REFRESH_GRACE_SECONDS", "61"),
        ("TOKENS_REFRESH_DAYS", "91"),
        ("TOKENS_AUDIENCE", ""),
        ("TOKENS_ISSUER", ""),
        ("ISSUER_URL", "https://unsafe-value@auth.example.org"),
        ("ISSUER_URL", "https://auth.example.org?unsafe-value"),
        ("ISSUER_URL", "unsafe-value"),
        ("ISSUER_ALGORITHM", "HS256"),
        ("ISSUER_ALGORITHM", "none"),
        ("ISSUER_TOKEN_MINUTES", "61"),
        ("ISSUER_LINK_BY_EMAIL", "unsafe-value"),
        ("ISSUER_MORE", "unsafe-value"),
        ("ISSUER_MORE", "[" * 100_000),
        ("ISSUER_MORE", '{"url": "unsafe-value"}'),
        ("ISSUER_MORE", '[{"url": "unsafe-value", "audience": "api"}]'),
        ("MAIL_TRANSPORT", "folder"),
        ("MAIL_TRANSPORT", "memory"),
        ("MAIL_TRANSPORT", "unsafe-value"),
        ("MAIL_HOST", None),
        ("MAIL_HOST", ""),
        ("MAIL_PORT", "0"),
        ("MAIL_PORT", "unsafe-value"),
        ("MAIL_TLS", "none"),
        ("MAIL_TLS", "unsafe-value"),
        ("MAIL_CA_FILE", "/nowhere/unsafe-value.pem"),
        ("MAIL_TIMEOUT", "0"),
        ("MAIL_SENDER", None),
        ("MAIL_SENDER", "unsafe-value"),
        ("MAIL_SENDER", "No Reply <unsafe-value@example.org>"),
        ("MAIL_LINK_BASE", None),
        ("MAIL_LINK_BASE", "http://unsafe-value.example.org"),
        ("MAIL_LINK_BASE", "https://www.example.org/?page=unsafe-value"),
        ("MAIL_LINK_BASE", "https://www.example.org/#unsafe-value"),
        ("API_HOSTS", None),
        ("API_HOSTS", " , "),
        ("API_HOSTS", "api.example.org,*"),
        ("API_ORIGINS", "*"),
        ("API_ORIGINS", "null"),
        ("API_ORIGINS", "http://unsafe-value.example.org"),
        ("API_ORIGINS", "https://*.example.org"),
        ("API_PROXIES", "0.0.0.0/0"),
        ("API_PROXIES", "::/0"),
        ("API_PROXIES", "unsafe-value"),
        ("API_BODY_LIMIT", "unsafe-value"),
        ("API_DEADLINE", "-1"),
        ("API_PASSWORD_FORM", "true"),
        ("API_DOCS", "unsafe-value"),
        ("LOG_LEVEL", "debug"),
        ("LOG_LEVEL", "unsafe-value"),
        ("LOG_FORMAT", "unsafe-value"),
    ],
)
def test_an_unsafe_value_is_named_and_not_repeated(
    environment: Environment, deployment: str, name: str, value: str | None
) -> None:
    environment(ENVIRONMENT=deployment, **{name: value})

    [finding] = findings()

    assert finding.startswith(name)
    assert "unsafe-value" not in finding
    assert not value or len(value) < 16 or value not in finding


def test_everything_that_is_wrong_is_said_at_once(environment: Environment) -> None:
    environment(TOKENS_SECRET=None, API_HOSTS=None, LOG_LEVEL="debug")

    assert [finding.split()[0] for finding in findings()] == [
        "TOKENS_SECRET",
        "API_HOSTS",
        "LOG_LEVEL",
    ]


# Issuers outside.


ISSUER = {"ISSUER_URL": "https://auth.example.org", "ISSUER_AUDIENCE": "api"}


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"ISSUER_AUDIENCE": None}, "ISSUER_AUDIENCE must"),
        ({"ISSUER_URL": "http://auth.example.org"}, "ISSUER_URL must start with https://"),
        ({"ISSUER_JWKS_URL": "http://auth.example.org"}, "ISSUER_JWKS_URL must start with https"),
        ({"TOKENS_ISSUER": "https://auth.example.org"}, "ISSUER_URL must be the name of another"),
        ({"ISSUER_MORE": "[{}]"}, "ISSUER_MORE: URL is not set"),
        (
            {"ISSUER_MORE": '[{"url": "https://other.example.org"}]'},
            "ISSUER_MORE: AUDIENCE must",
        ),
        (
            {"ISSUER_MORE": '[{"url": "http://other.example.org", "audience": "api"}]'},
            "ISSUER_MORE: URL must start with https://",
        ),
        (
            {"ISSUER_MORE": '[{"url": "https://auth.example.org", "audience": "api"}]'},
            "ISSUER_MORE must name each issuer once",
        ),
        ({"ISSUER_URL": None, "TOKENS_LOCAL": "false"}, "ISSUER_URL is not set, and while"),
    ],
)
def test_an_issuer_that_is_unsafe_is_refused(
    environment: Environment, changes: dict[str, str | None], finding: str
) -> None:
    environment(**ISSUER | changes)

    assert findings()[0].startswith(finding)


def test_an_issuer_on_the_same_machine_is_for_development(environment: Environment) -> None:
    environment(ENVIRONMENT="development", **ISSUER | {"ISSUER_URL": "http://localhost:3987"})

    assert load_settings().issuer.every[0].keys_at == "http://localhost:3987/api/auth/jwks"


def test_several_issuers_are_written_as_json(environment: Environment) -> None:
    more = [{"url": "https://other.example.org", "audience": "other", "algorithm": "ES256"}]
    environment(**ISSUER | {"ISSUER_MORE": json.dumps(more), "TOKENS_LOCAL": "false"})

    first, second = load_settings().issuer.every

    assert (first.url, first.audience, first.algorithm) == (*ISSUER.values(), "EdDSA")
    assert (second.url, second.audience, second.algorithm) == tuple(more[0].values())
    assert second.keys_at == "https://other.example.org/api/auth/jwks"


def test_a_server_does_not_start_on_unsafe_settings(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    environment(TOKENS_SECRET="unsafe-value")

    with pytest.raises(SystemExit) as caught:
        app_from_environment()

    assert caught.value.code == 2
    said = capsys.readouterr()
    assert "TOKENS_SECRET must be" in said.err
    assert "unsafe-value" not in said.err + said.out


def test_a_server_starts_on_settings_that_are_fit(environment: Environment) -> None:
    environment()

    app = app_from_environment()

    assert app.state.settings == load_settings()


def test_settings_are_read_by_tools_that_serve_nobody(environment: Environment) -> None:
    environment(TOKENS_SECRET=None, API_HOSTS=None, REDIS_URL=None)

    assert read_settings().database.url.get_secret_value() == FIT["DATABASE_URL"]


# Where settings come from.


def test_lists_are_written_with_commas(environment: Environment) -> None:
    environment(API_HOSTS="a.example.org, *.b.example.org,", API_PROXIES="10.0.0.0/8,fd00::/8")

    api = load_settings().api

    assert api.hosts == ("a.example.org", "*.b.example.org")
    assert [str(network) for network in api.proxies] == ["10.0.0.0/8", "fd00::/8"]
    assert api.origins == ()


def test_one_setting_of_a_group_leaves_the_others_as_they_were(environment: Environment) -> None:
    environment(ENVIRONMENT="development", API_HOSTS="here", TOKENS_ACCESS_MINUTES="5")

    settings = load_settings()

    assert settings.api.hosts == ("here",)
    assert settings.api.docs
    assert settings.tokens.access_minutes == 5
    assert settings.log.format == "console"


def test_secrets_are_read_from_files(environment: Environment, tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "TOKENS_SECRET").write_text(f"{SECRET}\n")
    (folder / "database_url").write_text("postgresql://from-a-file/app")
    environment(TOKENS_SECRET=None, DATABASE_URL=None)

    settings = load_settings()

    assert settings.tokens.secret.get_secret_value() == SECRET
    assert settings.database.url.get_secret_value() == "postgresql://from-a-file/app"


def test_the_environment_goes_before_a_file(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "LOG_LEVEL").write_text("error")
    environment(LOG_LEVEL="warning")
    assert load_settings().log.level == "warning"

    environment(LOG_LEVEL=None)
    assert load_settings().log.level == "error"


@pytest.mark.parametrize(
    ("deployment", "read"),
    [("development", True), ("test", False), ("staging", False), ("production", False)],
)
def test_only_developers_have_a_file_of_settings(
    environment: Environment, tmp_path: Path, deployment: str, read: bool
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=error\nSOMETHING_ELSE=1\n")
    environment(ENVIRONMENT=deployment)

    assert (load_settings().log.level == "error") is read


def test_secrets_are_not_shown(environment: Environment) -> None:
    environment()
    settings = load_settings()

    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert SECRET not in shown
        assert "secret@" not in shown


def test_settings_stay_as_they_are(environment: Environment) -> None:
    environment()
    settings = load_settings()

    for group, name in ((settings, "tokens"), (settings.tokens, "issuer")):
        with pytest.raises(ValueError, match="frozen"):
            setattr(group, name, "another")
