"""Every route of version 1."""

from fastapi import APIRouter

from app.api.v1.endpoints import (
    book,
    session,
    user,
    user_account,
    user_admin,
    user_email,
    user_password,
    user_password_reset,
    user_session,
)

ROUTERS = (
    book.router,
    session.router,
    user.router,
    user_account.router,
    user_admin.router,
    user_email.router,
    user_password.router,
    user_password_reset.router,
    user_session.router,
)

TAGS = {
    "books": "A book on somebody's shelf.",
    "users": "People's accounts.",
    "admin": "Other people's accounts, for administrators.",
    "auth": "Signing in, staying signed in, and signing out.",
}
"""What each group of operations is about; the docs page shows them in this order."""

router = APIRouter(prefix="/api/v1")
for each in ROUTERS:
    router.include_router(each)

# Your own routers go below this line.
