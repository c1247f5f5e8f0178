"""What a process may believe of who calls, and when it has to ask."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from app.core import channel
from app.core import directory as module
from app.core.actor import Actor, Role
from app.core.directory import Directory, Standing, StandingChanged
from app.core.redis import open_redis
from app.core.settings import RedisSettings
from app.tests.network import Network, network
from app.tests.people import ADMIN, ALICE, BOB
from app.tests.test_core.test_channel import until

KEY = "a key of Alice's"


class Asked:
    """A database that knows Alice, and how often it was asked."""

    def __init__(self) -> None:
        self.standing = Standing(ALICE.actor, 3600)
        self.times = 0
        self.answering = asyncio.Event()
        self.answering.set()

    async def __call__(self) -> Standing:
        self.times += 1
        standing = self.standing
        await self.answering.wait()
        return standing


class Process:
    """A directory as one process has it, and the database as that process sees it."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.database = Asked()

    async def actor(self, key: str = KEY) -> Actor:
        return await self.directory.actor(key, self.database)

    async def until_sound(self) -> None:
        await until(lambda: self.directory._channel.sound)

    async def until_news(self, count: int = 1) -> None:
        before = self.directory._news
        await until(lambda: self.directory._news >= before + count)


@pytest.fixture(autouse=True)
def trusted_for(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on trusting the channel while a busy machine makes us wait."""
    monkeypatch.setattr(channel, "TRUSTED_FOR", getattr(request, "param", 5.0))


@asynccontextmanager
async def process(url: str, longest: float = 30) -> AsyncIterator[Process]:
    redis = open_redis(RedisSettings(url=SecretStr(url)))
    found = Process(Directory(redis, longest=longest))
    found.directory.open()
    try:
        yield found
    finally:
        await found.directory.close()
        await redis.aclose()


@pytest.fixture
async def between(redis_url: str) -> AsyncIterator[Network]:
    async with network(redis_url) as found:
        yield found


@pytest.fixture
async def one(redis_url: str) -> AsyncIterator[Process]:
    async with process(redis_url) as found:
        await found.until_sound()
        await found.actor()
        yield found


@pytest.fixture
async def other(between: Network) -> AsyncIterator[Process]:
    """Another process, whose network we hold in our hands."""
    async with process(between.url) as found:
        await found.until_sound()
        await found.actor()
        yield found


async def test_who_is_known_is_not_asked_for(one: Process) -> None:
    times = one.database.times

    for _ in range(3):
        assert await one.actor() == ALICE.actor

    assert one.database.times == times


async def test_another_key_is_asked_for(one: Process) -> None:
    times = one.database.times

    await one.actor("another key")

    assert one.database.times == times + 1


async def test_a_change_is_known_everywhere_within_a_moment(one: Process, other: Process) -> None:
    changed = Standing(Actor(ALICE.id, frozenset({Role.ADMIN}), ALICE.session), 3600)
    one.database.standing = other.database.standing = changed

    await asyncio.gather(one.directory.forget([StandingChanged(ALICE.id)]), other.until_news())

    assert await one.actor() == await other.actor() == changed.actor
    assert one.database.times == other.database.times == 2


async def test_nobody_else_is_forgotten(one: Process, other: Process) -> None:
    changes = [StandingChanged(BOB.id), StandingChanged(ADMIN.id), StandingChanged(BOB.id)]

    await asyncio.gather(one.directory.forget(changes), other.until_news(2))

    await other.actor()
    assert other.database.times == 1


async def test_words_that_nobody_understands_forget_everybody(one: Process, other: Process) -> None:
    await asyncio.gather(one.directory._channel.say("who?", insist=0), other.until_news())

    await other.actor()
    assert other.database.times == 2


async def test_news_that_come_while_the_database_is_asked_outlive_its_answer(one: Process) -> None:
    one.database.answering.clear()
    asking = asyncio.create_task(one.actor("another key"))
    await until(lambda: one.database.times == 2)

    await one.directory.forget([StandingChanged(ALICE.id)])
    one.database.answering.set()
    await asking

    times = one.database.times
    await one.actor("another key")
    assert one.database.times == times + 1


@pytest.mark.parametrize("trusted_for", [0.75], indirect=True)
async def test_without_news_the_database_is_asked_each_time(
    other: Process, between: Network
) -> None:
    between.fall_silent()
    await until(lambda: not other.directory._channel.sound)
    times = other.database.times

    await other.actor()
    await other.actor()

    assert other.database.times == times + 2


async def test_after_a_reconnect_nobody_is_known(other: Process, between: Network) -> None:
    between.reset()
    await until(lambda: not other.directory._channel.sound)
    await other.until_sound()

    await other.actor()
    assert other.database.times == 2

    await other.actor()
    assert other.database.times == 2


async def test_a_session_is_known_no_longer_than_it_lives(one: Process) -> None:
    one.database.standing = Standing(ALICE.actor, 0.05)
    await one.actor("another key")
    times = one.database.times
    await asyncio.sleep(0.06)

    await one.actor("another key")

    assert one.database.times == times + 1


async def test_nobody_is_known_longer_than_the_settings_say(redis_url: str) -> None:
    async with process(redis_url, longest=0.2) as found:
        await found.until_sound()
        await found.actor()
        await asyncio.sleep(0.25)

        await found.actor()

        assert found.database.times == 2


async def test_nobody_is_known_and_nobody_listens_where_the_settings_say_so(
    redis_url: str,
) -> None:
    before = asyncio.all_tasks()
    async with process(redis_url, longest=0) as found:
        await found.actor()
        await found.actor()
        await found.directory.forget([StandingChanged(ALICE.id)])

        assert found.database.times == 2
        assert asyncio.all_tasks() == before


async def test_the_oldest_make_room(one: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    for key in "abc":
        await one.actor(key)
    times = one.database.times

    await one.actor("c")
    await one.actor("b")
    assert one.database.times == times

    await one.actor(KEY)
    assert one.database.times == times + 1
