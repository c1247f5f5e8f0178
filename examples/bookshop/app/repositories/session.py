from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import extract, func, select, update
from sqlalchemy.orm import joinedload

from app.core.directory import StandingChanged
from app.db.after_commit import tell
from app.db.rows import Rows
from app.models import RefreshToken, Session, User
from app.repositories.base import Repository

LIVE: Rows = (
    Session.revoked_at.is_(None)
    & (Session.idle_expires_at > func.now())
    & (Session.expires_at > func.now())
)
SECONDS_LEFT = extract(
    "epoch", func.least(Session.idle_expires_at, Session.expires_at) - func.now()
)


class LiveSession(NamedTuple):
    """A session, and how long it goes on if nothing happens to it."""

    session: Session
    seconds_left: float


def owned_by(user_id: UUID) -> Rows:
    return Session.user_id == user_id


class SessionRepository(Repository[Session]):
    """Every query about who is signed in, by the database's clock."""

    model = Session
    read = select(Session).join(Session.user).options(joinedload(Session.user, innerjoin=True))

    async def now(self) -> datetime:
        now: datetime = (await self._session.scalars(select(func.clock_timestamp()))).one()
        return now

    async def live(self, session_id: UUID) -> LiveSession | None:
        """Find a session that has neither ended nor expired, of a person who may sign in."""
        query = self.read.where(LIVE, User.active, Session.id == session_id)
        found = (await self._session.execute(query.add_columns(SECONDS_LEFT))).one_or_none()
        return LiveSession(found[0], float(found[1])) if found else None

    async def began_within(self, time: timedelta, session_id: UUID) -> bool:
        """Say whether somebody has just shown, with this session, that it is them."""
        query = select(Session.id).where(
            LIVE, Session.id == session_id, Session.auth_time > func.now() - time
        )
        return await self._session.scalar(query) is not None

    async def lock_live(self, session_id: UUID) -> Session | None:
        """Make every other use of this session's tokens wait until ours has ended."""
        active = Session.user.has(User.active)
        return await self._locked(select(Session).where(LIVE, active, Session.id == session_id))

    async def token(self, digest: bytes) -> RefreshToken | None:
        query = select(RefreshToken).where(RefreshToken.digest == digest)
        return await self._session.scalar(query, execution_options={"populate_existing": True})

    async def add_token(self, session_id: UUID, digest: bytes) -> None:
        self._session.add(RefreshToken(session_id=session_id, digest=digest))
        await self._session.flush()

    async def use(self, token: RefreshToken, now: datetime, sealed_next: bytes) -> None:
        """Mark a token as used; none that was used before it is answered any more."""
        await self._session.execute(
            update(RefreshToken)
            .where(
                RefreshToken.session_id == token.session_id, RefreshToken.sealed_next.is_not(None)
            )
            .values(sealed_next=None)
        )
        token.used_at, token.sealed_next = now, sealed_next
        await self._session.flush()

    async def newest_first(self, rows: Rows) -> Sequence[Session]:
        query = select(Session).where(rows).order_by(Session.created_at.desc(), Session.id.desc())
        return (await self._session.scalars(query)).all()

    async def revoke(self, session_id: UUID, reason: str) -> Sequence[Session]:
        """End a session, unless it has ended before."""
        return await self._end(Session.id == session_id, reason)

    async def revoke_all(
        self, user_id: UUID, reason: str, besides: UUID | None = None
    ) -> Sequence[Session]:
        """End every session of somebody, but for one that they may keep."""
        return await self._end(owned_by(user_id) & Session.id.is_distinct_from(besides), reason)

    async def revoke_oldest(self, user_id: UUID, reason: str, keep: int) -> Sequence[Session]:
        """End the sessions of somebody that they have beyond a number."""
        beyond = (
            select(Session.id)
            .where(LIVE, owned_by(user_id))
            .order_by(Session.created_at.desc(), Session.id.desc())
            .offset(keep)
        )
        return await self._end(Session.id.in_(beyond), reason)

    async def _end(self, rows: Rows, reason: str) -> Sequence[Session]:
        """End sessions, and say which had not ended before."""
        found = await self._session.scalars(
            update(Session)
            .where(rows, Session.revoked_at.is_(None))
            .values(revoked_at=func.now(), revoke_reason=reason)
            .returning(Session)
        )
        ended = found.all()
        for user_id in {session.user_id for session in ended}:
            tell(self._session, StandingChanged(user_id))
        return ended
