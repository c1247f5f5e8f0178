"""Runs migrations, with the database that the settings name."""

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.pool import NullPool

from app.core.config import read_settings
from app.db.base import Entity
from app.db.database import open_engine
from app.models import __all__ as models

assert models, "importing the models is what fills the metadata"  # noqa: S101


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Entity.metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


async def run_online() -> None:
    settings = read_settings()
    engine = open_engine(settings.database, verified=settings.https_only, poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(run_online())
