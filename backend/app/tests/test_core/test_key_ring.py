"""Keys at hand: how often an issuer is asked, and what holds while it does not answer."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from jwt import PyJWK

from app.core.security.jwks import Keys, KeysUnfit
from app.core.security.key_ring import IssuerUnavailable, KeyRing
from app.core.security.tokens import TokenInvalid
from app.tests.fake_issuer import Signer

OLD, NEW = (PyJWK.from_dict(Signer("EdDSA").jwk) for _ in range(2))
HOUR = 3600.0


class Issuer:
    """What a ring sees of an issuer, and the time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.keys: Keys = {"old": OLD}
        self.hits = 0
        self.away = False
        self.silent = asyncio.Event()
        self.silent.set()

    async def fetch(self) -> Keys:
        self.hits += 1
        await self.silent.wait()
        if self.away:
            raise KeysUnfit("away")
        return dict(self.keys)

    def clock(self) -> float:
        return self.now

    def later(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
async def ring(issuer: Issuer) -> AsyncIterator[KeyRing]:
    ring = KeyRing(issuer.fetch, "https://auth.test", issuer.clock)
    yield ring
    await ring.close()


async def settled() -> None:
    """Let tasks that were begun come to their end."""
    for _ in range(5):
        await asyncio.sleep(0)


async def all_at_once(ring: KeyRing, issuer: Issuer, kid: str) -> list[PyJWK]:
    """Ask for a key fifty times before the issuer has answered once."""
    issuer.silent.clear()
    asking = [asyncio.create_task(ring.key(kid)) for _ in range(50)]
    await settled()
    issuer.silent.set()
    return await asyncio.gather(*asking)


async def outcome(ring: KeyRing, kid: str) -> object:
    try:
        return await ring.key(kid)
    except (TokenInvalid, IssuerUnavailable) as error:
        return type(error)


# As long as all is well.


async def test_keys_are_fetched_once_for_all_who_ask_at_once(ring: KeyRing, issuer: Issuer) -> None:
    assert await all_at_once(ring, issuer, "old") == [OLD] * 50
    assert issuer.hits == 1


async def test_keys_are_there_before_anybody_asks(ring: KeyRing, issuer: Issuer) -> None:
    ring.refresh_soon()
    await settled()
    assert issuer.hits == 1

    assert await ring.key("old") is OLD
    assert issuer.hits == 1


async def test_keys_are_fetched_anew_beside_the_requests(ring: KeyRing, issuer: Issuer) -> None:
    await ring.key("old")
    issuer.later(239)
    await ring.key("old")
    await settled()
    assert issuer.hits == 1

    issuer.later(62)
    issuer.keys = {"new": NEW}
    issuer.silent.clear()
    assert await asyncio.gather(*(ring.key("old") for _ in range(9))) == [OLD] * 9
    await settled()
    assert issuer.hits == 2

    issuer.silent.set()
    await settled()
    assert await ring.key("new") is NEW
    assert await outcome(ring, "old") is TokenInvalid


async def test_processes_do_not_all_ask_at_the_same_time(issuer: Issuer) -> None:
    rings = [KeyRing(issuer.fetch, "https://auth.test", issuer.clock) for _ in range(60)]
    for ring in rings:
        await ring.key("old")
    issuer.later(270)

    for ring in rings:
        await ring.key("old")
    await settled()

    assert 60 < issuer.hits < 120
    for ring in rings:
        await ring.close()


# Names of keys that nobody knows.


async def test_a_key_of_today_is_found_at_once(ring: KeyRing, issuer: Issuer) -> None:
    await ring.key("old")
    issuer.keys["new"] = NEW

    assert await ring.key("new") is NEW
    assert await ring.key("old") is OLD
    assert issuer.hits == 2


async def test_a_key_of_today_is_looked_for_once_for_all_who_ask_at_once(
    ring: KeyRing, issuer: Issuer
) -> None:
    await ring.key("old")
    issuer.later(10)
    issuer.keys["new"] = NEW

    assert await all_at_once(ring, issuer, "new") == [NEW] * 50
    assert issuer.hits == 2


async def test_made_up_names_do_not_keep_the_issuer_busy(ring: KeyRing, issuer: Issuer) -> None:
    for second in range(100):
        for _ in range(10):
            assert await outcome(ring, uuid4().hex) is TokenInvalid
        issuer.later(1)
        assert issuer.hits <= 2 + (second + 1) / 10


async def test_made_up_names_at_once_do_not_either(ring: KeyRing, issuer: Issuer) -> None:
    found = await asyncio.gather(*(outcome(ring, uuid4().hex) for _ in range(1000)))

    assert set(found) == {TokenInvalid}
    assert issuer.hits <= 2


async def test_a_name_that_was_looked_for_in_vain_is_not_looked_for_again(
    ring: KeyRing, issuer: Issuer
) -> None:
    await outcome(ring, "new")
    issuer.later(20)
    assert await outcome(ring, "new") is TokenInvalid
    hits = issuer.hits
    issuer.later(9)
    assert await outcome(ring, "new") is TokenInvalid
    assert issuer.hits == hits

    issuer.keys["new"] = NEW
    issuer.later(2)
    assert await outcome(ring, "new") is NEW


# While the issuer is away.


async def test_without_any_key_nobody_is_judged(ring: KeyRing, issuer: Issuer) -> None:
    issuer.away = True

    found = await asyncio.gather(*(outcome(ring, "old") for _ in range(50)))

    assert set(found) == {IssuerUnavailable}
    assert issuer.hits == 1


async def test_an_issuer_that_comes_back_is_noticed_soon(ring: KeyRing, issuer: Issuer) -> None:
    issuer.away = True
    for _ in range(600):
        await outcome(ring, "old")
        issuer.later(1)
    assert issuer.hits < 150
    issuer.away = False
    issuer.later(11)

    assert await ring.key("old") is OLD


@pytest.mark.parametrize("hours", [0.2, 1, 23])
async def test_known_keys_hold_while_the_issuer_is_away(
    ring: KeyRing, issuer: Issuer, hours: float
) -> None:
    await ring.key("old")
    issuer.away = True
    for _ in range(10):
        issuer.later(hours * HOUR / 10)
        assert await ring.key("old") is OLD
        await settled()

    # This may be a key of today: nobody can say that the token is bad.
    issuer.later(30)
    assert await outcome(ring, "new") is IssuerUnavailable


async def test_known_keys_do_not_hold_for_ever(ring: KeyRing, issuer: Issuer) -> None:
    await ring.key("old")
    issuer.away = True
    issuer.later(24 * HOUR + 1)

    assert await outcome(ring, "old") is IssuerUnavailable
    assert issuer.hits == 2


async def test_nobody_with_a_known_key_waits_for_an_issuer(ring: KeyRing, issuer: Issuer) -> None:
    await ring.key("old")
    issuer.silent.clear()
    issuer.later(HOUR)

    async with asyncio.timeout(1):
        assert await ring.key("old") is OLD


async def test_nothing_goes_on_after_the_end(issuer: Issuer) -> None:
    ring = KeyRing(issuer.fetch, "https://auth.test", issuer.clock)
    issuer.silent.clear()
    ring.refresh_soon()
    await settled()
    before = asyncio.all_tasks()

    await ring.close()

    assert len(asyncio.all_tasks()) == len(before) - 1
    assert issuer.hits == 1
