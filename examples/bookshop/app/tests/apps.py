"""Applications of a test's own: other settings, other routes, the rest as it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from httpx import ASGITransport, AsyncClient

from app.core.config import Settings
from app.core.settings import DatabaseSettings
from app.main import create_app
from app.tests.passwords import QuickPasswords


@asynccontextmanager
async def running(settings: Settings, *routers: APIRouter) -> AsyncIterator[FastAPI]:
    """Run the application with more routes."""
    app = create_app(settings)
    app.state.passwords = QuickPasswords()
    for router in routers:
        app.include_router(router)
    async with app.router.lifespan_context(app):
        yield app


@asynccontextmanager
async def visiting(settings: Settings) -> AsyncIterator[AsyncClient]:
    """Run the application for somebody who is not signed in."""
    async with (
        running(settings) as app,
        AsyncClient(transport=ASGITransport(app), base_url="http://test") as client,
    ):
        yield client


def with_database(settings: Settings, **changes: object) -> Settings:
    """The same settings, but for some of the database's."""
    values = settings.database.model_dump() | changes
    return settings.model_copy(update={"database": DatabaseSettings.model_validate(values)})
