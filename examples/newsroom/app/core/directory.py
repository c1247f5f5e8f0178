"""Who is behind a token, known without asking the database each time.

What the database said is kept for a moment, and forgotten in every process as soon as anything
about that person changes. It counts only while the channel that brings such news is sound.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from redis.asyncio import Redis

from app.core.about import NAME
from app.core.actor import Actor
from app.core.channel import Channel

MOST = 10_000
"""Entries that one process keeps, some 5 MB of them."""


@dataclass(frozen=True, slots=True)
class StandingChanged:
    """What a person may do has changed: a session ended, roles, or whether they may sign in."""

    user: UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database says of somebody, and for how many seconds at most it can be so."""

    actor: Actor
    seconds: float


@dataclass(frozen=True, slots=True)
class Entry:
    actor: Actor
    until: float


Ask = Callable[[], Awaitable[Standing]]


class Directory:
    """Remembers who calls, for `longest` seconds at most; 0 asks the database every time."""

    def __init__(self, redis: Redis, *, longest: float) -> None:
        self._longest = longest
        self._entries: dict[str, Entry] = {}
        self._news = 0
        database = redis.connection_pool.connection_kwargs.get("db", 0)
        self._channel = Channel(
            redis, f"{NAME}:{database}:standing", heard=self._hear, lost=self._forget_all
        )

    def open(self) -> None:
        """Start to listen for changes; until they can be heard, the database is asked."""
        if self._longest:
            self._channel.listen()

    async def close(self) -> None:
        await self._channel.close()

    async def actor(self, key: str, ask: Ask) -> Actor:
        """Say who `key` stands for, by what is known, or else by asking."""
        entry = self._entries.get(key)
        if entry and self._channel.sound and time.monotonic() < entry.until:
            return entry.actor
        news, asked_at = self._news, time.monotonic()
        standing = await ask()
        # If news came meanwhile, the answer may be older than they are.
        if news == self._news and self._channel.sound:
            seconds = min(standing.seconds, self._longest)
            self._keep(key, Entry(standing.actor, asked_at + seconds))
        return standing.actor

    async def forget(self, changes: Sequence[StandingChanged]) -> None:
        """Forget these people here and in every other process."""
        for user in dict.fromkeys(change.user for change in changes):
            self._forget(user)
            if self._longest:
                # After that long, nobody believes an entry any more that missed it.
                await self._channel.say(str(user), insist=self._longest)

    def _keep(self, key: str, entry: Entry) -> None:
        self._entries.pop(key, None)
        if len(self._entries) >= MOST:
            del self._entries[next(iter(self._entries))]
        self._entries[key] = entry

    def _hear(self, word: str) -> None:
        try:
            self._forget(UUID(word))
        except ValueError:
            self._forget_all()

    def _forget(self, user: UUID) -> None:
        self._news += 1
        entries = self._entries.items()
        self._entries = {key: entry for key, entry in entries if entry.actor.id != user}

    def _forget_all(self) -> None:
        self._news += 1
        self._entries = {}
