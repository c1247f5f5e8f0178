from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog

from app.core.actor import Actor
from app.core.directory import Directory, Standing
from app.core.errors import Unauthenticated
from app.core.login_place import LoginPlace
from app.core.security.passwords import Passwords
from app.core.security.tokens import AccessTokens, Claims, digest, is_refresh_token, refuse
from app.core.settings import TokenSettings
from app.models import Session
from app.repositories.session import SessionRepository
from app.repositories.user import UserRepository
from app.schemas.session import Login, TokenPair
from app.services.login_lane import LoginLaneService
from app.services.session_refresh import RefreshChain

log = structlog.get_logger(__name__)


class LoginFailed(Unauthenticated):
    code = "LOGIN_FAILED"
    error = "E-mail address and password do not belong together."
    detail = "Check both, and whether you have opened the link that confirms your address."


class RefreshInvalid(Unauthenticated):
    code = "REFRESH_TOKEN_INVALID"
    error = "This refresh token is not valid."
    detail = "It was used before, or its session has ended. Sign in again."


@dataclass(frozen=True, slots=True)
class Desk:
    """The repositories that a sign-in needs, in one transaction of their own."""

    users: UserRepository
    sessions: SessionRepository


Desks = Callable[[], AbstractAsyncContextManager[Desk]]
"""Opens a desk for a moment, with a session of its own."""


class SessionService:
    """Signing in, staying signed in, and signing out.

    All of it happens apart from the request's own unit of work: a token that was found to be
    stolen stays revoked although the request then fails, and no connection waits for a hash.
    """

    def __init__(
        self,
        reading: Desks,
        writing: Desks,
        passwords: Passwords,
        tokens: AccessTokens,
        settings: TokenSettings,
        directory: Directory,
        lanes: LoginLaneService,
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._passwords = passwords
        self._tokens = tokens
        self._directory = directory
        self._lanes = lanes
        self._chain = RefreshChain(tokens, settings)
        self._idle = timedelta(days=settings.refresh_idle_days)
        self._longest = timedelta(days=settings.refresh_days)
        self._most = settings.max_sessions

    async def login(self, data: Login, place: LoginPlace) -> TokenPair:
        way = await self._lanes.enter(data.email, place)
        async with self._reading() as desk:
            user = await desk.users.by_email(data.email)
        # The same work for an address that nobody has, so that time tells nothing (ASVS 6.3.8).
        stored = user.password_hash if user else None
        checked = await self._passwords.check(data.password, stored)
        fit = user is not None and user.active and user.email_verified
        if user is None or stored is None or not (fit and checked.right):
            log.warning("login_failed", user_id=str(user.id) if user else None)
            raise LoginFailed
        async with self._writing() as desk:
            # Whoever changed the password meanwhile, or shut somebody out, means this login, too.
            if not await desk.users.hold(user.id, stored):
                log.warning("login_failed", user_id=str(user.id))
                raise LoginFailed
            if checked.new_hash:
                await desk.users.replace_hash(user.id, checked.new_hash)
            pair = await self.open(desk.sessions, user.id, place)
        await self._lanes.passed(way)
        log.info("login", user_id=str(user.id))
        return pair

    async def open(
        self, sessions: SessionRepository, user_id: UUID, place: LoginPlace
    ) -> TokenPair:
        """Open a session for somebody who has just shown that it is them."""
        now = await sessions.now()
        session = await sessions.save(
            Session(
                user_id=user_id,
                address=place.address,
                device=place.device,
                idle_expires_at=now + self._idle,
                expires_at=now + self._longest,
            )
        )
        for ended in await sessions.revoke_oldest(user_id, "too_many_sessions", keep=self._most):
            log.info("session_revoked", user_id=str(ended.user_id))
        return await self._chain.start(sessions, session)

    async def refresh(self, presented: str) -> TokenPair:
        if not is_refresh_token(presented):
            raise RefreshInvalid
        async with self._writing() as desk:
            pair = await self._chain.renew(desk.sessions, presented)
        if pair is None:
            raise RefreshInvalid
        return pair

    async def logout(self, access_token: str | None, refresh_token: str | None) -> None:
        """End the session of a token of either kind; to end it again changes nothing.

        A refresh token that nobody was given ends nothing, and is no error (RFC 7009 section 2.2).
        """
        async with self._writing() as desk:
            session_id = await self._session_of(desk, access_token, refresh_token)
            ended = await desk.sessions.revoke(session_id, "logout") if session_id else ()
        for session in ended:
            log.info("logout", user_id=str(session.user_id))

    async def actor(self, token: str) -> Actor:
        """Say who calls: the token names a session, and the database says what it is worth,
        now or a moment ago.

        Raises TokenInvalid if the session has ended, or its person may not sign in any more.
        """
        claims = self._tokens.read(token)
        actor = await self._directory.actor(str(claims.session), partial(self._standing, claims))
        if actor.id != claims.user:
            refuse("person")
        return actor

    async def _standing(self, claims: Claims) -> Standing:
        async with self._reading() as desk:
            live = await desk.sessions.live(claims.session)
        if live is None:
            refuse("session")
        user = live.session.user
        actor = Actor(id=user.id, roles=user.roles, session=live.session.id)
        return Standing(actor, live.seconds_left)

    async def _session_of(
        self, desk: Desk, access_token: str | None, refresh_token: str | None
    ) -> UUID | None:
        if refresh_token is not None:
            found = await desk.sessions.token(digest(refresh_token))
            return found.session_id if found else None
        if access_token is None:
            raise Unauthenticated
        return self._tokens.read(access_token).session
