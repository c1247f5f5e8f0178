"""Fetching an issuer's keys: bounded in time, in size, and in where it leads."""

import time
from collections.abc import AsyncIterator

import pytest

from app.core.security.jwks import KeysUnfit
from app.core.security.key_source import KeySource
from app.tests.fake_issuer import FakeIssuer, Fault, issuing

TOO_SLOW = (Fault.SLOW, Fault.ENDLESS)


@pytest.fixture
async def issuer() -> AsyncIterator[FakeIssuer]:
    async with issuing() as issuer:
        yield issuer


@pytest.fixture
async def source(issuer: FakeIssuer) -> AsyncIterator[KeySource]:
    source = KeySource(issuer.settings())
    yield source
    await source.close()


async def test_keys_are_where_better_auth_has_them(issuer: FakeIssuer, source: KeySource) -> None:
    assert (await source.fetch()).keys() == {issuer.signer.kid}
    assert issuer.paths == {"/api/auth/jwks"}


async def test_keys_may_be_elsewhere(issuer: FakeIssuer) -> None:
    source = KeySource(issuer.settings(jwks_url=f"{issuer.url}/keys"))

    await source.fetch()

    assert issuer.paths == {"/keys"}
    await source.close()


@pytest.mark.parametrize("fault", [each for each in Fault if each not in TOO_SLOW])
async def test_whatever_goes_wrong_is_one_error(
    issuer: FakeIssuer, source: KeySource, fault: Fault
) -> None:
    issuer.fault = fault

    with pytest.raises(KeysUnfit):
        await source.fetch()

    assert issuer.hits == 1
    assert issuer.paths == {"/api/auth/jwks"}
    issuer.fault = None
    assert await source.fetch()


@pytest.mark.parametrize("fault", TOO_SLOW)
async def test_an_issuer_that_takes_too_long_is_given_up_in_time(
    issuer: FakeIssuer, fault: Fault
) -> None:
    source = KeySource(issuer.settings(timeout=0.3))
    issuer.fault = fault
    started = time.monotonic()

    with pytest.raises(KeysUnfit, match="Timeout"):
        await source.fetch()

    assert time.monotonic() - started < 2
    issuer.awake.set()
    await source.close()


async def test_nobody_at_the_address_is_one_error_too() -> None:
    source = KeySource(FakeIssuer().settings(url="http://127.0.0.1:1"))

    with pytest.raises(KeysUnfit, match="ConnectError"):
        await source.fetch()

    await source.close()


async def test_the_environment_leads_nowhere_else(
    issuer: FakeIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    source = KeySource(issuer.settings())

    assert await source.fetch()

    await source.close()
