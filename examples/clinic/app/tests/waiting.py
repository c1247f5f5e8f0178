"""Tells when one request waits for another."""

import asyncio

from sqlalchemy import text

from app.db.database import Database

WAITING = text(
    "SELECT EXISTS (SELECT FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock')"
)


async def until_somebody_waits(database: Database) -> None:
    """Return as soon as a statement waits for what another has locked."""
    async with database.reads() as session:
        for _ in range(1_000):
            if await session.scalar(WAITING):
                return
            await asyncio.sleep(0.01)
    raise TimeoutError("nobody waits for anything")
