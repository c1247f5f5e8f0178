from datetime import timedelta

import structlog

from app.core.security.refresh_grace import seal, unseal
from app.core.security.tokens import AccessTokens, Claims, digest, new_refresh_token
from app.core.settings import TokenSettings
from app.models import RefreshToken, Session
from app.repositories.session import SessionRepository
from app.schemas.session import TokenPair

log = structlog.get_logger(__name__)


class RefreshChain:
    """The refresh tokens of a session: each is traded for the next (RFC 9700 section 4.14.2)."""

    def __init__(self, tokens: AccessTokens, settings: TokenSettings) -> None:
        self._tokens = tokens
        self._idle = timedelta(days=settings.refresh_idle_days)
        self._grace = timedelta(seconds=settings.refresh_grace_seconds)

    async def start(self, sessions: SessionRepository, session: Session) -> TokenPair:
        first = new_refresh_token()
        await sessions.add_token(session.id, digest(first))
        return self._pair(session, first)

    async def renew(self, sessions: SessionRepository, presented: str) -> TokenPair | None:
        """Trade a token for the next one, or for nothing if it is worth nothing."""
        found = await sessions.token(digest(presented))
        session = await sessions.lock_live(found.session_id) if found else None
        # Now nobody else trades it any more; but somebody may have, before.
        token = await sessions.token(digest(presented))
        if session is None or token is None:
            return None
        if token.used_at is None:
            return await self._rotate(sessions, session, token, presented)
        if successor := await self._kept(sessions, token, presented):
            return self._pair(session, successor)
        # Two people hold this token, and one of them is a thief: nobody keeps the session.
        await sessions.revoke(session.id, "refresh_reuse")
        log.warning("refresh_token_reused", user_id=str(session.user_id))
        return None

    async def _rotate(
        self, sessions: SessionRepository, session: Session, token: RefreshToken, presented: str
    ) -> TokenPair:
        successor = new_refresh_token()
        now = await sessions.now()
        await sessions.use(token, now, seal(presented, successor))
        await sessions.add_token(session.id, digest(successor))
        session.last_used_at = now
        session.idle_expires_at = min(now + self._idle, session.expires_at)
        return self._pair(session, successor)

    async def _kept(
        self, sessions: SessionRepository, token: RefreshToken, presented: str
    ) -> str | None:
        """Find the token that this one was traded for a moment ago, if it is still unused.

        Two tabs ask at once, or an answer is lost: both are honest, and get what was given.
        """
        if token.used_at is None or token.sealed_next is None:
            return None
        if await sessions.now() - token.used_at >= self._grace:
            return None
        successor = unseal(presented, token.sealed_next)
        found = await sessions.token(digest(successor)) if successor else None
        return successor if found and found.used_at is None else None

    def _pair(self, session: Session, refresh_token: str) -> TokenPair:
        claims = Claims(user=session.user_id, session=session.id)
        return TokenPair(
            access_token=self._tokens.issue(claims, auth_time=session.auth_time),
            refresh_token=refresh_token,
            expires_in=int(self._tokens.lifetime.total_seconds()),
        )
