"""How many tries there are, whatever is tried."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from app.core.security.lanes import (
    Backoff,
    Count,
    LaneNames,
    Pace,
    Rule,
    one_network,
    one_spelling,
)
from app.core.security.trusted_devices import TrustedDevices

NOW = datetime(2030, 1, 1, tzinfo=UTC)
PACE = Pace(burst=3, step=timedelta(seconds=10), memory=timedelta(hours=1))
BACKOFF = Backoff(free=2, longest=timedelta(seconds=5), last=6)
NAMES = LaneNames("x" * 32)
DEVICES = TrustedDevices(NAMES)
ALICE = "alice@example.com"


def waits(rule: Rule, times: int) -> list[float]:
    """Say how long one has to wait after each of some tries at once."""
    count, found = Count(), []
    for _ in range(times):
        count = rule.counted(count, NOW)
        found.append(count.seconds_left(NOW))
    return found


def test_some_tries_are_free_and_the_rest_keep_a_pace() -> None:
    assert waits(PACE, 5) == [0, 0, 10, 20, 30]


def test_who_waits_has_one_more_try_and_who_waits_long_has_all() -> None:
    count = Count()
    for _ in range(3):
        count = PACE.counted(count, NOW)

    assert PACE.counted(count, NOW + timedelta(seconds=10)).seconds_left(NOW) == 20
    rested = NOW + timedelta(days=1)
    assert PACE.counted(count, rested).seconds_left(rested) == 0


def test_a_try_that_is_taken_back_was_none() -> None:
    before = PACE.counted(PACE.counted(Count(), NOW), NOW)

    assert PACE.forgiven(PACE.counted(before, NOW), NOW) == before
    assert Pace(3, PACE.step, PACE.memory, forgets=True).forgiven(before, NOW) == Count()


def test_each_failure_doubles_the_wait_up_to_the_longest() -> None:
    assert waits(BACKOFF, 6) == [0, 1, 2, 4, 5, 5]
    assert waits(Backoff(free=0, longest=timedelta(days=400), last=100), 60)[-1] == 2**20


def test_waiting_helps_up_to_the_last_try() -> None:
    assert not BACKOFF.stops(Count(5, NOW))
    assert BACKOFF.stops(Count(6, NOW))
    assert not PACE.stops(Count(1000, NOW))


def test_what_costs_somebody_a_wait_is_remembered_longer() -> None:
    assert BACKOFF.kept(Count(1)) == timedelta(days=1)
    assert BACKOFF.kept(Count(2)) == timedelta(days=30)


def test_a_right_try_ends_its_own_wait_and_no_more() -> None:
    count = BACKOFF.counted(Count(4, NOW), NOW)

    assert BACKOFF.forgiven(count, NOW) == Count(4, NOW)
    assert BACKOFF.forgiven(Count(), NOW) == Count()


def test_a_lane_is_named_by_all_of_its_words() -> None:
    lanes = {NAMES.digest(*words) for words in (["a", "bc"], ["ab", "c"], ["abc"], ["abc", ""])}

    assert len(lanes) == 4
    assert NAMES.digest("abc") != LaneNames("y" * 32).digest("abc")


@pytest.mark.parametrize(
    "typed", ["ALICE@example.com", "  alice@Example.com\n", "\uff21lice@example.com"]
)
def test_an_account_has_one_spelling(typed: str) -> None:
    assert one_spelling(typed) == ALICE


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        (None, "unknown"),
    ],
)
def test_who_has_an_address_of_six_has_all_of_its_network(
    address: str | None, network: str
) -> None:
    assert one_network(ip_address(address) if address else None) == network


def test_a_device_is_known_by_its_mark_for_one_account() -> None:
    mark = DEVICES.mark(ALICE)

    assert DEVICES.nonce(mark, ALICE.upper()) == mark.partition(".")[0]
    assert DEVICES.nonce(mark, "bob@example.com") is None
    assert TrustedDevices(LaneNames("y" * 32)).nonce(mark, ALICE) is None
    assert DEVICES.mark(ALICE) != mark


@pytest.mark.parametrize(
    "mark", [None, "", ".", "x", "\x00", "é" * 66, f"{'A' * 22}.{'A' * 43}", "x" * 10_000]
)
def test_what_is_no_mark_is_no_device(mark: str | None) -> None:
    assert DEVICES.nonce(mark, ALICE) is None


def test_a_mark_that_was_changed_is_none() -> None:
    nonce, _, seal = DEVICES.mark(ALICE).partition(".")

    for forged in (
        f"{nonce}.{seal[::-1]}",
        f"{nonce[::-1]}.{seal}",
        f"{nonce}.{seal}=",
        f"{nonce}{seal}",
    ):
        assert DEVICES.nonce(forged, ALICE) is None
