"""What others hear of once it is durable: a session collects news, and its commit delivers them."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

log = structlog.get_logger(__name__)

WAITING = "after_commit"

N = TypeVar("N")
Hear = Callable[[Sequence[N]], Awaitable[None]]


def tell(session: AsyncSession, news: object) -> None:
    """Let those who listen for this kind of news hear of it when the session has committed.

    What is rolled back is never heard of.
    """
    session.info.setdefault(WAITING, []).append(news)


class Listeners:
    """Who hears of what, after a commit and before the answer leaves."""

    def __init__(self) -> None:
        self._listeners: dict[type, list[Hear[Any]]] = defaultdict(list)

    def add(self, kind: type[N], hear: Hear[N]) -> None:
        self._listeners[kind].append(hear)

    async def deliver(self, session: AsyncSession) -> None:
        """Tell everybody; what happened has happened, so a listener's error is only logged."""
        news: list[object] = session.info.pop(WAITING, [])
        for kind in dict.fromkeys(type(each) for each in news):
            told = [each for each in news if type(each) is kind]
            for hear in self._listeners[kind]:
                try:
                    await hear(told)
                except Exception:
                    log.exception("after_commit_failed", news=kind.__name__)
