"""Packages to import before the tests are followed line by line, which doubles what they take.

`make coverage` names this module to pytest as a plugin, by the environment: workers heed that in
time.
"""

import alembic.command
import asyncpg  # type: ignore[import-untyped]  # it has no types
import fastapi
import httpx
import pydantic_settings
import redis.asyncio
import sqlalchemy.dialects.postgresql.asyncpg
import sqlalchemy.ext.asyncio
import structlog
import uvicorn

__all__ = [
    "alembic",
    "asyncpg",
    "fastapi",
    "httpx",
    "pydantic_settings",
    "redis",
    "sqlalchemy",
    "structlog",
    "uvicorn",
]
