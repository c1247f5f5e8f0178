"""A channel over a real Valkey, behind a network that fails in each known way."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from app.core.channel import TRUSTED_FOR, Channel
from app.core.redis import open_redis
from app.core.settings import RedisSettings
from app.tests.network import Network, network, nobody_listens

NAME = "test:channel"


class Ears:
    """A process that listens, and what it heard."""

    def __init__(self, redis: Redis, name: str) -> None:
        self.words: list[str] = []
        self.beginnings = 0
        self.channel = Channel(redis, name, heard=self.words.append, lost=self._begin)

    def _begin(self) -> None:
        self.beginnings += 1

    async def until_sound(self) -> None:
        await until(lambda: self.channel.sound)


async def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "It did not come true in time."
        await asyncio.sleep(0.01)


@asynccontextmanager
async def ears(url: str, worker_id: str) -> AsyncIterator[Ears]:
    redis = open_redis(RedisSettings(url=SecretStr(url)))
    found = Ears(redis, f"{NAME}:{worker_id}")
    try:
        yield found
    finally:
        await found.channel.close()
        await redis.aclose()


@pytest.fixture
async def ours(redis_url: str, worker_id: str) -> AsyncIterator[Ears]:
    async with ears(redis_url, worker_id) as found:
        found.channel.listen()
        await found.until_sound()
        yield found


@pytest.fixture
async def between(redis_url: str) -> AsyncIterator[Network]:
    async with network(redis_url) as found:
        yield found


@pytest.fixture
async def theirs(between: Network, worker_id: str) -> AsyncIterator[Ears]:
    """Another process, whose network we hold in our hands."""
    async with ears(between.url, worker_id) as found:
        found.channel.listen()
        await found.until_sound()
        yield found


async def test_everybody_hears_what_is_said(ours: Ears, theirs: Ears) -> None:
    await ours.channel.say("word", insist=1)

    await until(lambda: ours.words == theirs.words == ["word"])


async def test_who_does_not_listen_can_speak(ours: Ears, redis_url: str, worker_id: str) -> None:
    async with ears(redis_url, worker_id) as command:
        await command.channel.say("word", insist=1)

    await until(lambda: ours.words == ["word"])


async def test_it_is_sound_only_once_it_listens(redis_url: str, worker_id: str) -> None:
    async with ears(redis_url, worker_id) as found:
        assert not found.channel.sound

        found.channel.listen()
        await found.until_sound()

        assert found.beginnings == 1


async def test_it_stays_sound_while_nobody_speaks(theirs: Ears) -> None:
    first = theirs.channel._sound_until

    await until(lambda: theirs.channel._sound_until > first + TRUSTED_FOR)


async def test_a_silent_network_is_noticed_within_a_second(theirs: Ears, between: Network) -> None:
    between.fall_silent()

    await asyncio.sleep(TRUSTED_FOR + 0.1)

    assert not theirs.channel.sound


async def test_words_lost_in_a_silence_are_a_new_beginning(
    ours: Ears, theirs: Ears, between: Network
) -> None:
    between.fall_silent()
    await ours.channel.say("lost", insist=1)
    await until(lambda: not theirs.channel.sound)
    between.reset()
    between.speak_again()

    await theirs.until_sound()

    assert theirs.words == []
    assert theirs.beginnings == 2


async def test_a_connection_that_breaks_is_made_anew(theirs: Ears, between: Network) -> None:
    between.reset()
    await until(lambda: not theirs.channel.sound)

    await theirs.until_sound()

    assert theirs.beginnings == 2


async def test_what_can_not_be_said_is_said_later(
    ours: Ears, theirs: Ears, between: Network
) -> None:
    between.fall_silent()
    await until(lambda: not theirs.channel.sound)
    started = time.monotonic()
    for word in ("one", "two", "one"):
        await theirs.channel.say(word, insist=30)
    assert time.monotonic() - started < 0.1

    between.reset()
    between.speak_again()

    await until(lambda: ours.words == ["one", "two"])


async def test_insistence_ends(redis_url: str, worker_id: str) -> None:
    async with ears(nobody_listens(redis_url), worker_id) as found:
        before = asyncio.all_tasks()
        await found.channel.say("word", insist=0.1)
        [insisting] = asyncio.all_tasks() - before

        async with asyncio.timeout(5):
            await insisting


async def test_closing_leaves_nothing_behind(redis_url: str, worker_id: str) -> None:
    before = asyncio.all_tasks()
    async with ears(nobody_listens(redis_url), worker_id) as found:
        found.channel.listen()
        await found.channel.say("word", insist=30)
        assert asyncio.all_tasks() - before

    assert asyncio.all_tasks() == before


async def test_closing_ends_what_takes_a_cancellation_for_the_end_of_its_wait(
    theirs: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    get_message = PubSub.get_message
    taken = []

    async def wait(*args: Any, **options: Any) -> Any:
        try:
            return await get_message(*args, **options)
        except asyncio.CancelledError:
            taken.append(1)
            if len(taken) > 1:
                raise

    monkeypatch.setattr(PubSub, "get_message", wait)
    first = theirs.channel._sound_until
    await until(lambda: theirs.channel._sound_until > first)

    async with asyncio.timeout(2):
        await theirs.channel.close()

    assert taken
