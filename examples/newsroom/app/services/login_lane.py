import random
from asyncio import Semaphore
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from uuid import UUID

import structlog

from app.core.errors import AppError, TooSoon
from app.core.login_place import LoginPlace
from app.core.security.lanes import Backoff, Lane, LaneNames, Pace, one_network, one_spelling
from app.core.security.trusted_devices import TrustedDevices
from app.repositories.login_lane import Found, LoginLaneRepository

log = structlog.get_logger(__name__)

HOUR = timedelta(hours=1)
ONE_ACCOUNT_FROM_HERE = Pace(5, timedelta(seconds=12), memory=HOUR, forgets=True)
FROM_HERE = Pace(20, timedelta(seconds=30), memory=HOUR)
NEW_ACCOUNTS_FROM_HERE = Pace(10, timedelta(minutes=6), memory=HOUR)
ACCOUNT = Backoff(free=5, longest=timedelta(minutes=15), last=100)
DEVICE = Pace(10, timedelta(minutes=1), memory=HOUR, forgets=True)
COUNTED_AT_ONCE = 2
"""Tries that a process counts at a time: of many in one lane, few keep a connection waiting."""
SWEPT = 1 / 50
"""How often a try sweeps: up to 500 rows, where fifty tries leave 200 at most."""


class LoginDelayed(TooSoon):
    code = "LOGIN_DELAYED"
    error = "There were too many tries."
    detail = "Try again after `Retry-After` seconds; until then, the right password fails as well."


class LoginStopped(AppError):
    status = 429
    code = "LOGIN_STOPPED"
    error = "Too many tries have failed, one after the other."
    detail = "Sign in on a device where you have done so before, or ask for a new password by mail."


@dataclass(frozen=True, slots=True)
class Way:
    """The lanes that one try is counted in."""

    lanes: tuple[Lane, ...]
    pair: Lane | None = None
    new_accounts: Lane | None = None
    """Counts accounts, so it does not matter for one that was tried from here before."""

    def counting(self, found: Found) -> "Way":
        """Leave out what this try does not matter for."""
        if self.pair and found.counts[self.pair].tries:
            return Way(tuple(lane for lane in self.lanes if lane != self.new_accounts))
        return self


Lanes = Callable[[], AbstractAsyncContextManager[LoginLaneRepository]]
"""Opens the table for a moment, with a session of its own."""


class LoginLaneService:
    """How often a password may be tried: nobody guesses one, and nobody locks its owner out.

    A try is counted, for good, before the password is looked at. Accounts that don't exist are
    counted as all others. Neither sessions nor ways to a new password are ever held up.
    """

    def __init__(
        self, writing: Lanes, names: LaneNames, devices: TrustedDevices, gate: Semaphore
    ) -> None:
        self._writing = writing
        self._names = names
        self._devices = devices
        self._gate = gate

    async def enter(self, identifier: str, place: LoginPlace) -> Way:
        """Count a try to sign in.

        Raises LoginDelayed or LoginStopped, whether the password is right or not.
        """
        return await self._enter(self._way(identifier, place))

    async def enter_again(self, user_id: UUID) -> Way:
        """Count a try of somebody who is signed in to show that it is them."""
        return await self._enter(Way((self._names.lane("person", DEVICE, str(user_id)),)))

    async def passed(self, way: Way) -> None:
        """Take a try back that was right; what others tried stays counted."""
        async with self._desk() as lanes:
            found = await lanes.hold(way.lanes)
            left = {
                lane: lane.rule.forgiven(count, found.now) for lane, count in found.counts.items()
            }
            await lanes.keep(left, found.now)

    async def release(self, identifier: str) -> None:
        """Let everybody try again, as after a new password was set by mail."""
        async with self._desk() as lanes:
            await lanes.forget(self._account(identifier))

    async def _enter(self, way: Way) -> Way:
        async with self._desk() as lanes:
            # Most of many are refused by a look: they wait for nobody, and write nothing.
            refusal = _refusal(way, await lanes.seen(way.lanes))
            if refusal is None:
                found = await lanes.hold(way.lanes)
                refusal = _refusal(way, found)
                if refusal is None:
                    way = way.counting(found)
                    counted = {
                        lane: lane.rule.counted(found.counts[lane], found.now) for lane in way.lanes
                    }
                    await lanes.keep(counted, found.now)
                if random.random() < SWEPT:  # noqa: S311 (no secret: spreads the work)
                    await lanes.sweep()
        if refusal is not None:
            log.warning("login_delayed", code=refusal.code)
            raise refusal
        return way

    @asynccontextmanager
    async def _desk(self) -> AsyncIterator[LoginLaneRepository]:
        async with self._gate, self._writing() as lanes:
            yield lanes

    def _way(self, identifier: str, place: LoginPlace) -> Way:
        account, here = one_spelling(identifier), one_network(place.address)
        if nonce := self._devices.nonce(place.mark, account):
            return Way((self._names.lane("device", DEVICE, account, nonce),))
        pair = self._names.lane("pair", ONE_ACCOUNT_FROM_HERE, account, here)
        new_accounts = self._names.lane("new accounts", NEW_ACCOUNTS_FROM_HERE, here)
        from_here = self._names.lane("from here", FROM_HERE, here)
        return Way((pair, new_accounts, from_here, self._account(identifier)), pair, new_accounts)

    def _account(self, identifier: str) -> Lane:
        return self._names.lane("account", ACCOUNT, one_spelling(identifier))


def _refusal(way: Way, found: Found) -> LoginDelayed | LoginStopped | None:
    """Say why a try may not be made now, if it may not."""
    counts = [(lane, found.counts[lane]) for lane in way.counting(found).lanes]
    if any(lane.rule.stops(count) for lane, count in counts):
        return LoginStopped()
    wait = max(count.seconds_left(found.now) for _, count in counts)
    if not wait:
        return None
    # Longer than needed by a little, so that not everybody comes back at once.
    seconds = ceil(wait)
    return LoginDelayed(seconds + random.randint(0, 1 + seconds // 10))  # noqa: S311 (no secret)
