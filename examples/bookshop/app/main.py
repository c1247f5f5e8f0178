"""The whole application, on one screen."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.api import health
from app.api.docs import add_docs
from app.api.errors import add_error_handlers
from app.api.middleware import middleware
from app.api.v1.endpoints import session
from app.api.v1.router import router
from app.core.about import DESCRIPTION, TITLE, VERSION
from app.core.config import Settings, SettingsInvalid, load_settings
from app.core.directory import Directory, StandingChanged
from app.core.logging import configure_logging
from app.core.mail.outgoing import open_mail
from app.core.redis import open_redis
from app.core.security.issuers import Issuers
from app.core.security.lanes import LaneNames
from app.core.security.passwords import Passwords
from app.core.security.tokens import AccessTokens
from app.core.security.trusted_devices import TrustedDevices
from app.db.database import open_database
from app.services.login_lane import COUNTED_AT_ONCE


def create_app(settings: Settings) -> FastAPI:
    """Put the application together; nothing is connected before it is used."""
    configure_logging(settings.log)
    app = FastAPI(
        title=TITLE,
        description=DESCRIPTION,
        version=VERSION,
        middleware=middleware(settings),
        lifespan=lifespan,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.settings = settings
    app.state.database = open_database(settings.database, verified=settings.https_only)
    app.state.redis = open_redis(settings.redis)
    app.state.directory = Directory(app.state.redis, longest=settings.tokens.known_seconds)
    app.state.database.listeners.add(StandingChanged, app.state.directory.forget)
    app.state.mail = open_mail(settings.mail)
    app.state.readiness = health.Readiness(app.state.database, app.state.redis)
    app.state.passwords = Passwords()
    app.state.tokens = AccessTokens(settings.tokens)
    app.state.issuers = Issuers(settings.issuer)
    app.state.lanes = LaneNames(settings.tokens.secret.get_secret_value())
    app.state.devices = TrustedDevices(app.state.lanes)
    app.state.login_gate = asyncio.Semaphore(COUNTED_AT_ONCE)
    add_error_handlers(app)
    app.include_router(health.router)
    app.include_router(router)
    if settings.api.password_form:
        app.include_router(session.password_form, prefix="/api/v1")
    add_docs(app, settings)
    return app


def app_from_environment() -> FastAPI:
    """Make the application that a server runs; stops with 2 if a setting is missing or unsafe."""
    try:
        settings = load_settings()
    except SettingsInvalid as error:
        print(f"The settings are not fit to start with:\n{error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(2) from None
    return create_app(settings)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.directory.open()
    app.state.issuers.start()
    yield
    await app.state.mail.close()
    await app.state.issuers.close()
    await app.state.directory.close()
    await app.state.redis.aclose()
    await app.state.database.close()


def operation_id(route: APIRoute) -> str:
    """Name an operation as its function is named, so that clients get `sign_up()`."""
    return route.name
