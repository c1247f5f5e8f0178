"""What a load balancer asks: is the process alive, and should it get requests."""

import asyncio
import time
from collections.abc import Awaitable
from typing import Literal

import structlog
from fastapi import APIRouter, Request
from pydantic import BaseModel
from redis.asyncio import Redis

from app.api.problem import problems
from app.core.errors import Unavailable
from app.db.database import Database

log = structlog.stdlib.get_logger(__name__)
router = APIRouter(tags=["health"])
TAGS = {"health": "Whether this server lives, and whether it takes requests."}

OK = "ok"
PATHS = frozenset({"/health", "/readiness"})
"""Asked by machines, often, by address and without TLS."""


class NotReady(Unavailable):
    code = "NOT_READY"
    error = "This server takes no requests at the moment."
    detail = "Another one may. Try again after `Retry-After` seconds."


class Health(BaseModel):
    """Nothing but a yes: the reasons are in the logs, not for strangers."""

    status: Literal["ok"] = "ok"


@router.get("/health")
async def health() -> Health:
    """Tell whether the process is alive.

    Nothing else is asked, so that a database's bad hour restarts no process.
    """
    return Health()


@router.get("/readiness", responses=problems(NotReady))
async def readiness(request: Request) -> Health:
    """Tell whether this server should get requests.

    It should if the database answers, which is asked at most once a second.
    """
    found: Readiness = request.app.state.readiness
    if not await found.ready():
        raise NotReady
    return Health()


class Readiness:
    """Asks what the API needs, once for all who want to know within a second."""

    def __init__(
        self, database: Database, redis: Redis, *, every: float = 1.0, within: float = 2.0
    ) -> None:
        self._database = database
        self._redis = redis
        self._every = every
        self._within = within
        self._asked_at = 0.0
        self._answer: asyncio.Task[bool] | None = None
        self._last = ("", "")

    async def ready(self) -> bool:
        """Tell whether the database answers; how Redis is goes to the log alone."""
        if self._answer is None or self._stale(self._answer):
            self._asked_at = time.monotonic()
            self._answer = asyncio.create_task(self._ask())
        # Shielded, since whoever asked first may go away while the others wait.
        return await asyncio.shield(self._answer)

    def _stale(self, answer: asyncio.Task[bool]) -> bool:
        return answer.done() and time.monotonic() - self._asked_at >= self._every

    async def _ask(self) -> bool:
        database, redis = await asyncio.gather(
            _outcome(self._database.ping(), self._within),
            _outcome(self._redis.ping(), self._within),
        )
        if self._last != (database, redis):
            self._last = (database, redis)
            log.info("dependencies", database=database, redis=redis)
        return database == OK


async def _outcome(question: Awaitable[object], within: float) -> str:
    """Name the way this ends: "ok", the kind of its error, or "timeout".

    What is late is cancelled and not waited for: cleaning up after a silent network takes longer.
    """
    asking = asyncio.ensure_future(question)
    done, _ = await asyncio.wait({asking}, timeout=within)
    if not done:
        asking.cancel()
        return "timeout"
    error = asking.exception()
    return OK if error is None else type(error).__name__
