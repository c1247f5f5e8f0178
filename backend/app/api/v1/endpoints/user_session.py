from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import SignedIn, UserSessions
from app.schemas.session import SessionList
from app.services.user_session import SessionNotFound

router = APIRouter(prefix="/auth", tags=["auth"], route_class=Route)


@router.get("/sessions", response_model=SessionList)
async def list_sessions(actor: SignedIn, sessions: UserSessions) -> SessionList:
    """List where you are signed in, newest first."""
    return await sessions.every(actor)


@router.delete(
    "/sessions/{session_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(SessionNotFound),
)
async def end_session(actor: SignedIn, sessions: UserSessions, session_id: UUID) -> None:
    """Sign out somewhere else; the tokens of that session work no more."""
    await sessions.end(actor, session_id)


@router.post("/logout-everywhere", status_code=status.HTTP_204_NO_CONTENT)
async def logout_everywhere(actor: SignedIn, sessions: UserSessions) -> None:
    """Sign out everywhere, here too."""
    await sessions.logout_everywhere(actor)
