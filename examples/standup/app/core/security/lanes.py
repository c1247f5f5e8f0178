"""How many tries somebody has, by the rules of time alone.

A try is counted before it is made, so that a hundred at once are no more than a hundred in a row.
"""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import Protocol

DAY = timedelta(days=1)
LONG_AGO = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Count:
    """Tries that failed or have no answer yet, and when the next one is allowed."""

    tries: int = 0
    free_at: datetime = LONG_AGO

    def seconds_left(self, now: datetime) -> float:
        return max(0.0, (self.free_at - now).total_seconds())


class Rule(Protocol):
    def counted(self, count: Count, now: datetime) -> Count:
        """Count one more try."""

    def forgiven(self, count: Count, now: datetime) -> Count:
        """Take one back that turned out to be right."""

    def stops(self, count: Count) -> bool:
        """Say whether waiting does not help any more."""

    def kept(self, count: Count) -> timedelta:
        """Say for how long after the last try it is to be remembered."""


@dataclass(frozen=True, slots=True)
class Pace:
    """So many tries at once, and then one after each step: at no edge of time are there more."""

    burst: int
    step: timedelta
    memory: timedelta
    forgets: bool = False
    """Whether one try that was right makes all before it forgotten."""

    def counted(self, count: Count, now: datetime) -> Count:
        rested = now - (self.burst - 1) * self.step
        return Count(count.tries + 1, max(count.free_at, rested) + self.step)

    def forgiven(self, count: Count, now: datetime) -> Count:
        if self.forgets:
            return Count()
        return Count(max(0, count.tries - 1), count.free_at - self.step)

    def stops(self, count: Count) -> bool:
        return False

    def kept(self, count: Count) -> timedelta:
        return self.memory


@dataclass(frozen=True, slots=True)
class Backoff:
    """Some tries are free; then each takes twice as long as the one before, and one is the last."""

    free: int
    longest: timedelta
    last: int

    def counted(self, count: Count, now: datetime) -> Count:
        tries = count.tries + 1
        doublings = min(tries - self.free, 20)
        wait = timedelta(seconds=2**doublings) if doublings >= 0 else timedelta()
        return Count(tries, now + min(wait, self.longest))

    def forgiven(self, count: Count, now: datetime) -> Count:
        return Count(max(0, count.tries - 1), min(count.free_at, now))

    def stops(self, count: Count) -> bool:
        return count.tries >= self.last

    def kept(self, count: Count) -> timedelta:
        return DAY if count.tries < self.free else 30 * DAY


@dataclass(frozen=True, slots=True)
class Lane:
    """What is counted together, under a name that tells nothing about anybody."""

    digest: bytes
    rule: Rule = field(compare=False)


class LaneNames:
    """Names lanes: whoever steals the table can't even try addresses out."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), b"login lanes", "sha256")

    def lane(self, kind: str, rule: Rule, *of: str) -> Lane:
        return Lane(self.digest(kind, *of), rule)

    def digest(self, *words: str) -> bytes:
        # Lengths beside the words, so that no two lists of words look alike.
        told = "".join(f"{len(word)}:{word}" for word in words)
        return hmac.new(self._key, told.encode(), hashlib.sha256).digest()


def one_spelling(identifier: str) -> str:
    """Spell what somebody signs in with as everybody may type it."""
    return unicodedata.normalize("NFKC", identifier).casefold().strip()


def one_network(address: IPv4Address | IPv6Address | None) -> str:
    """Name who is behind an address: whoever has an IPv6 address has 2 to the 64 of them."""
    if address is None:
        return "unknown"
    return str(ip_network((address, 64 if address.version == 6 else 32), strict=False))
