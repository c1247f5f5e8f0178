"""Words that every process of the application hears within a moment, over Redis.

Redis forgets what nobody was there to hear. So a listener has to know whether it hears: it asks
for an echo, several times a second, and what was said before an echo was asked for has arrived
before the echo.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

log = structlog.stdlib.get_logger(__name__)

ECHO_EVERY = 0.25
"""Seconds between two questions for an echo."""
TRUSTED_FOR = 0.75
"""Seconds after asking for an echo that came during which nothing can have been missed for long."""
AGAIN_AFTER = 0.5
"""Seconds until the next try to listen, or to say what could not be said."""


class Channel:
    """Says and hears words, and knows whether any could have been missed."""

    def __init__(
        self, redis: Redis, name: str, *, heard: Callable[[str], None], lost: Callable[[], None]
    ) -> None:
        self._redis = redis
        self._name = name
        self._heard = heard
        self._lost = lost
        self._sound_until = 0.0
        self._closed = False
        self._unsaid: dict[str, float] = {}
        self._listening: asyncio.Task[None] | None = None
        self._insisting: asyncio.Task[None] | None = None

    @property
    def sound(self) -> bool:
        """Whether everything that was said up to a moment ago has been heard."""
        return time.monotonic() < self._sound_until

    def listen(self) -> None:
        """Listen from now on, in the background, until it is closed."""
        self._listening = asyncio.create_task(self._listen())

    async def say(self, word: str, *, insist: float) -> None:
        """Tell every process; what can't be said now is tried again for `insist` seconds.

        Nobody waits for those tries, nor for the first one while it is known to be in vain.
        """
        if (self.sound or self._listening is None) and await self._said(word):
            return
        self._unsaid[word] = time.monotonic() + insist
        if self._insisting is None or self._insisting.done():
            self._insisting = asyncio.create_task(self._insist())

    async def close(self) -> None:
        # A wait that ends just when it is cancelled may take the cancellation for its own.
        self._closed = True
        tasks = [task for task in (self._listening, self._insisting) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _insist(self) -> None:
        while self._unsaid and not self._closed:
            word, deadline = next(iter(self._unsaid.items()))
            if not await self._said(word) and time.monotonic() < deadline:
                await asyncio.sleep(AGAIN_AFTER)
            elif self._unsaid[word] == deadline:
                # Otherwise it was to be said once more, while it was being said.
                del self._unsaid[word]

    async def _said(self, word: str) -> bool:
        try:
            await self._redis.publish(self._name, word)
        except (RedisError, OSError) as error:
            log.warning("channel_mute", error_type=type(error).__name__)
            return False
        return True

    async def _listen(self) -> None:
        while not self._closed:
            try:
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(self._name)
                    await self._follow(subscription)
            except (RedisError, OSError) as error:
                self._deaf(error)
            await asyncio.sleep(AGAIN_AFTER)

    def _deaf(self, error: Exception) -> None:
        if self._sound_until:
            log.warning("channel_deaf", error_type=type(error).__name__)
        self._sound_until = 0.0

    async def _follow(self, subscription: PubSub) -> None:
        """Hear word after word; ends with an error when the connection does."""
        asked_at, answered = 0.0, True
        while not self._closed:
            if answered and time.monotonic() - asked_at >= ECHO_EVERY:
                asked_at, answered = time.monotonic(), False
                await subscription.ping()
            message = await subscription.get_message(timeout=ECHO_EVERY)
            if message is None:
                if not answered and time.monotonic() - asked_at > TRUSTED_FOR:
                    raise TimeoutError
                continue
            answered = self._take(message, asked_at) or answered

    def _take(self, message: dict[str, Any], asked_at: float) -> bool:
        """Do what a message asks for; says whether it was the echo."""
        if message["type"] == "message":
            self._heard(message["data"].decode(errors="replace"))
        elif message["type"] == "subscribe":
            # Also after a connection that came back by itself: who knows what was said meanwhile.
            self._sound_until = 0.0
            self._lost()
        elif message["type"] == "pong":
            if not self._sound_until:
                log.info("channel_sound")
            self._sound_until = asked_at + TRUSTED_FOR
            return True
        return False
