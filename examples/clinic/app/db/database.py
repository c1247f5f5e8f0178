"""The engine, and the two kinds of session that a request can have."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import Dialect, event, select
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import ORMExecuteState, Session

from app.core.about import NAME
from app.core.context import queries
from app.core.errors import Unavailable
from app.core.settings import DatabaseSettings
from app.db.after_commit import Listeners
from app.db.faults import forget_values
from app.db.url import Server, server_of

log = structlog.get_logger(__name__)


class ReadOnly(Exception):
    """A read tried to write: only the unit of work of a changing request may."""


class ReadSession(Session):
    """A session that writes nothing, and whose every statement stands alone."""


class Database:
    """Reads answer each statement by itself; a write is one transaction."""

    def __init__(self, engine: AsyncEngine, *, pooled: bool) -> None:
        self.engine = engine
        # To prepare a statement and to run it are two messages: behind a pooler in transaction
        # mode, only a transaction brings both to the same server process.
        reader = engine if pooled else engine.execution_options(isolation_level="AUTOCOMMIT")
        self.reads = async_sessionmaker(
            reader, expire_on_commit=False, autoflush=False, sync_session_class=ReadSession
        )
        self._writes = async_sessionmaker(engine, expire_on_commit=False)
        self.listeners = Listeners()

    @asynccontextmanager
    async def writes(self) -> AsyncIterator[AsyncSession]:
        """Open one transaction: committed at the end, rolled back on any error."""
        async with self._writes.begin() as session:
            yield session
        await self.listeners.deliver(session)

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[AsyncSession]:
        """Open a second, short transaction, for what must outlive the error that follows it."""
        async with self.writes() as session:
            yield session

    async def ping(self) -> None:
        """Return once the server has answered."""
        async with self.reads() as session:
            await session.execute(select(1))

    async def close(self) -> None:
        await self.engine.dispose()


def open_database(settings: DatabaseSettings, *, verified: bool) -> Database:
    """Make the database of an application; nothing is sent before the first statement."""
    engine = open_engine(
        settings,
        verified=verified,
        pool_pre_ping=True,
        pool_recycle=300,
        pool_size=settings.pool_size,
        max_overflow=settings.pool_overflow,
        pool_timeout=settings.pool_timeout,
    )
    _watch(engine)
    return Database(engine, pooled=_server(settings, verified=verified).pooled)


def open_engine(settings: DatabaseSettings, *, verified: bool, **pool: Any) -> AsyncEngine:
    """Make an engine for the database that the settings name."""
    server = _server(settings, verified=verified)
    args = connect_args(server, settings)
    return create_async_engine(server.url, hide_parameters=True, connect_args=args, **pool)


def _server(settings: DatabaseSettings, *, verified: bool) -> Server:
    return server_of(
        settings.url.get_secret_value(),
        ca_file=settings.ca_file,
        verified=verified,
        pooler=settings.pooler,
    )


def connect_args(server: Server, settings: DatabaseSettings) -> dict[str, Any]:
    """Say how asyncpg connects: always with bounds in time, and with TLS where it is asked for."""
    args: dict[str, Any] = {
        "timeout": settings.connect_timeout,
        "command_timeout": settings.command_timeout,
        "ssl": server.tls or False,
    }
    if not server.pooled:
        return args | {"server_settings": session_settings(settings)}
    # Behind a pooler in transaction mode the next statement may meet another server process,
    # where a prepared statement of ours is unknown and a setting of ours is not in force.
    return args | {
        "statement_cache_size": 0,
        "prepared_statement_cache_size": 0,
        "prepared_statement_name_func": lambda: f"__asyncpg_{uuid4()}__",
    }


def session_settings(settings: DatabaseSettings) -> dict[str, str]:
    return {
        "application_name": NAME,
        "statement_timeout": f"{settings.statement_timeout * 1000:.0f}",
        "lock_timeout": f"{settings.lock_timeout * 1000:.0f}",
        "idle_in_transaction_session_timeout": "30000",
    }


def _watch(engine: AsyncEngine) -> None:
    """Count statements for the access log, and name what only a network can do wrong."""
    target = engine.sync_engine

    @event.listens_for(target, "before_cursor_execute")
    def start(
        _connection: Any, _cursor: Any, _sql: str, _values: Any, context: Any, _many: bool
    ) -> None:
        context.started = time.perf_counter()

    @event.listens_for(target, "after_cursor_execute")
    def stop(
        _connection: Any, _cursor: Any, _sql: str, _values: Any, context: Any, _many: bool
    ) -> None:
        if (tally := queries.get()) is not None:
            tally.count += 1
            tally.seconds += time.perf_counter() - context.started

    @event.listens_for(target, "do_connect")
    def connect(dialect: Dialect, _record: Any, args: Any, options: Any) -> DBAPIConnection:
        try:
            return dialect.connect(*args, **options)
        except OSError as error:
            raise _away(error) from error

    @event.listens_for(target, "handle_error")
    def handle(context: ExceptionContext) -> None:
        error = context.original_exception
        # Time-outs and lost networks come through as Python's own errors.
        if isinstance(error, OSError):
            raise _away(error) from error
        forget_values(error, context.sqlalchemy_exception)


def _away(error: OSError) -> "DatabaseAway":
    log.warning("database_away", error_type=type(error).__name__)
    return DatabaseAway()


@event.listens_for(ReadSession, "before_flush")
def refuse_to_write(session: Session, _context: Any, _instances: Any) -> None:
    if session.new or session.dirty or session.deleted:
        raise ReadOnly


@event.listens_for(ReadSession, "do_orm_execute")
def refuse_to_change(statement: ORMExecuteState) -> None:
    if statement.is_insert or statement.is_update or statement.is_delete:
        raise ReadOnly


class DatabaseAway(Unavailable):
    code = "DATABASE_UNAVAILABLE"
