"""Listens to what is sent to the database, and looks into it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import event, text

from app.db.base import Entity
from app.db.database import Database

M = TypeVar("M", bound=Entity)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements of a block."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def stored(database: Database, row: M) -> M | None:
    """Read a row as it is now, if it is still there."""
    async with database.reads() as session:
        return await session.get(type(row), row.id)


async def waiting(database: Database, number: int) -> list[int]:
    """Wait until so many wait for a lock in turn, and say who they are to the server."""
    query = text(
        "SELECT pid FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(20):
        while True:
            async with database.reads() as session:
                found = list((await session.scalars(query)).all())
            if len(found) == number:
                return found
            await asyncio.sleep(0.01)
