import ssl
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from app.core.settings import DatabaseSettings
from app.db.database import connect_args
from app.db.url import Server, server_of
from app.tests.certificates import certify

NEON = (
    "postgresql://u:p@ep-x-pooler.region.aws.neon.tech/db?sslmode=require&channel_binding=require"
)


def server(url: str, **changes: Any) -> Server:
    return server_of(url, **{"ca_file": None, "verified": False, "pooler": None} | changes)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        (NEON, "u:p@ep-x-pooler.region.aws.neon.tech/db"),
        ("postgres://u:p@db:5433/app", "u:p@db:5433/app"),
        ("postgresql+psycopg://u@db/app", "u@db/app"),
        ("postgresql+asyncpg://u@db/app?ssl=require", "u@db/app"),
        ("postgresql://u@[::1]:5432/app", "u@[::1]:5432/app"),
        ("postgresql://u@/app?host=/run/postgresql", "u@/app?host=%2Frun%2Fpostgresql"),
        (
            "postgresql://u@db/app?options=endpoint%3Dep-x&application_name=x&connect_timeout=10"
            "&target_session_attrs=read-write&sslrootcert=system&pgbouncer=true",
            "u@db/app",
        ),
    ],
)
def test_a_url_is_read_as_its_provider_prints_it(url: str, read: str) -> None:
    found = server(url).url

    assert found.render_as_string(hide_password=False) == f"postgresql+asyncpg://{read}"


def test_a_password_may_hold_any_character() -> None:
    found = server("postgresql://u:p%40%3A%2F%3F%23%25@[2001:db8::1]/app").url

    assert (found.password, found.host) == ("p@:/?#%", "2001:db8::1")


@pytest.mark.parametrize(
    ("words", "verified", "secure"),
    [
        ("", False, False),
        ("?sslmode=disable", False, False),
        ("?sslmode=prefer", False, False),
        ("?sslmode=require", False, True),
        ("?sslmode=verify-full", False, True),
        ("?ssl=require", False, True),
        ("?sslmode=require&sslmode=disable", False, True),
        ("", True, True),
        ("?sslmode=disable", True, True),
        ("?sslmode=prefer", True, True),
    ],
)
def test_tls_is_in_force_where_it_is_demanded(words: str, verified: bool, secure: bool) -> None:
    tls = server(f"postgresql://u@db/app{words}", verified=verified).tls
    asked = connect_args(
        Server(server("postgresql://u@db/app").url, tls, False), DatabaseSettings()
    )

    if secure:
        assert isinstance(tls, ssl.SSLContext)
        assert (tls.verify_mode, tls.check_hostname) == (ssl.CERT_REQUIRED, True)
        assert asked["ssl"] is tls
    else:
        # Not None, with which asyncpg would try TLS, and go on without.
        assert asked["ssl"] is False


def test_a_private_authority_takes_the_place_of_the_systems(tmp_path: Path) -> None:
    _, certificate = certify("db", tmp_path)

    tls = server("postgresql://u@db/app", verified=True, ca_file=certificate).tls

    assert tls
    assert [authority["subject"] for authority in tls.get_ca_certs()] == [
        ((("commonName", "db"),),)
    ]


@pytest.mark.parametrize(
    ("url", "said", "pooled"),
    [
        (NEON, None, True),
        (NEON, False, False),
        (NEON.replace("-pooler", ""), None, False),
        ("postgresql://u@pgbouncer:6432/app", None, False),
        ("postgresql://u@pgbouncer:6432/app", True, True),
    ],
)
def test_a_pooler_is_known_by_its_host_or_by_what_is_said(
    url: str, said: bool | None, pooled: bool
) -> None:
    found = server(url, pooler=said)
    asked = connect_args(found, DatabaseSettings(url=SecretStr(url)))

    assert found.pooled is pooled
    assert ("server_settings" in asked) is not pooled
    assert (asked.get("statement_cache_size") == 0) is pooled
    assert (asked.get("prepared_statement_cache_size") == 0) is pooled
    if pooled:
        name = asked["prepared_statement_name_func"]
        assert name() != name()
