"""Listens to what is sent to the database, and looks into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import event

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
