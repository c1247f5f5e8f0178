"""Every route of version 1."""

from fastapi import APIRouter

from app.api.v1.endpoints import book, session, user

ROUTERS = (
    book.router,
    session.router,
    user.router,
)

router = APIRouter(prefix="/api/v1")
for part in ROUTERS:
    router.include_router(part)

# Your own routers go below this line.
