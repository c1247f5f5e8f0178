from uuid import UUID

import structlog

from app.core.actor import Actor
from app.core.errors import NotFound
from app.db.rows import Rows
from app.models import Session
from app.repositories.session import LIVE, SessionRepository, owned_by
from app.schemas.session import SessionList, SessionRead
from app.services.base import existing

log = structlog.get_logger(__name__)


class SessionNotFound(NotFound):
    code = "SESSION_NOT_FOUND"
    error = "There is no such session."
    detail = "It may have ended already."


def own(actor: Actor) -> Rows:
    """Everybody sees where they are signed in themselves."""
    return LIVE & owned_by(actor.id)


class UserSessionService:
    """Where people are signed in, as they see and end it."""

    def __init__(self, sessions: SessionRepository) -> None:
        self._sessions = sessions

    async def every(self, actor: Actor) -> SessionList:
        """List all of them, newest first: a login sees to it that there are not too many."""
        found = await self._sessions.newest_first(own(actor))
        return SessionList(items=[read(each, actor) for each in found])

    async def end(self, actor: Actor, session_id: UUID) -> None:
        session = existing(await self._sessions.lock(own(actor), session_id), SessionNotFound)
        await self._sessions.revoke(session.id, "ended_by_owner")
        log.info("session_revoked", user_id=str(actor.id), reason="ended_by_owner")

    async def logout_everywhere(self, actor: Actor) -> None:
        await self._sessions.revoke_all(actor.id, "logout_everywhere")
        log.info("logout_everywhere", user_id=str(actor.id))


def read(session: Session, actor: Actor) -> SessionRead:
    return SessionRead(
        id=session.id,
        device=session.device,
        address=session.address,
        created_at=session.created_at,
        last_used_at=session.last_used_at,
        current=session.id == actor.session,
    )
