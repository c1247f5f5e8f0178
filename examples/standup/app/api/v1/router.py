"""Every route of version 1."""

from fastapi import APIRouter

from app.api.v1.endpoints import (
    analysis,
    kudos,
    on_call_shift,
    series,
    session,
    team,
    user,
    user_account,
    user_admin,
    user_email,
    user_password,
    user_password_reset,
    user_session,
)

ROUTERS = (
    analysis.router,
    kudos.router,
    on_call_shift.router,
    series.router,
    session.router,
    team.router,
    user.router,
    user_account.router,
    user_admin.router,
    user_email.router,
    user_password.router,
    user_password_reset.router,
    user_session.router,
)

TAGS = {
    "teams": "A team.",
    "meeting-series": "A meeting that happens again and again.",
    "analyses": "What went wrong on a bad day, and what follows from it.",
    "thanks": "Thanks, said aloud.",
    "on-call-shifts": "An on call shift.",
    "users": "People's accounts.",
    "admin": "Other people's accounts, for administrators.",
    "auth": "Signing in, staying signed in, and signing out.",
}
"""What each group of operations is about; the docs page shows them in this order."""

router = APIRouter(prefix="/api/v1")
for each in ROUTERS:
    router.include_router(each)

# Your own routers go below this line.
