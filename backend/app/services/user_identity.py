import math
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import structlog
from pydantic import TypeAdapter, ValidationError

from app.core.actor import Actor
from app.core.directory import Directory, Standing
from app.core.errors import Conflict
from app.core.security.outside_tokens import OutsideClaims
from app.core.security.tokens import refuse
from app.models import User
from app.repositories.user import UserRepository
from app.repositories.user_identity import UserIdentityRepository
from app.schemas.types import Email

log = structlog.get_logger(__name__)

EMAIL: TypeAdapter[str] = TypeAdapter(Email)


class AccountLinkRequired(Conflict):
    code = "ACCOUNT_LINK_REQUIRED"
    error = "Somebody has an account with your address."
    detail = "If it is yours, sign in to it as you did before."


@dataclass(frozen=True, slots=True)
class IdentityDesk:
    """The repositories that it takes to know somebody, in one transaction of their own."""

    users: UserRepository
    identities: UserIdentityRepository


IdentityDesks = Callable[[], AbstractAsyncContextManager[IdentityDesk]]


class UserIdentityService:
    """Knows people by who they are at an issuer outside, and never by their address alone."""

    def __init__(
        self,
        reading: IdentityDesks,
        writing: IdentityDesks,
        directory: Directory,
        linking: frozenset[str],
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._directory = directory
        self._linking = linking

    async def actor(self, claims: OutsideClaims) -> Actor:
        """Say who calls, as the database says or said a moment ago; somebody new gets an account.

        Raises TokenInvalid for those who may not sign in, AccountLinkRequired for somebody new
        whose address belongs to an account.
        """
        name = f"{claims.issuer} {claims.subject}"
        return await self._directory.actor(name, partial(self._standing, claims))

    async def _standing(self, claims: OutsideClaims) -> Standing:
        user = await self._known(claims)
        if user is None:
            await self._welcome(claims)
            user = await self._known(claims)
        if user is None or not user.active:
            refuse("account")
        return Standing(Actor(id=user.id, roles=user.roles), seconds=math.inf)

    async def _known(self, claims: OutsideClaims) -> User | None:
        async with self._reading() as desk:
            identity = await desk.identities.of(claims.issuer, claims.subject)
        if identity is None:
            return None
        return identity.user or refuse("deleted")

    async def _welcome(self, claims: OutsideClaims) -> None:
        """Find somebody new an account, unless another request of theirs just did."""
        async with self._writing() as desk:
            identity = await desk.identities.take(claims.issuer, claims.subject)
            if identity is None:
                return
            user_id = await self._account(desk, claims)
            await desk.identities.give(identity, user_id)
        log.info("identity_linked", user_id=str(user_id), issuer=claims.issuer)

    async def _account(self, desk: IdentityDesk, claims: OutsideClaims) -> UUID:
        """Open an account, or find the one that is theirs by their address.

        An address counts for something only where both sides have seen that it is theirs; kept
        without that, it would be a trap for whom it belongs to.
        """
        email = _address(claims)
        holder = await desk.users.lock_by_email(email) if email else None
        if holder is None:
            opened = await desk.users.open_elsewhere(email if claims.email_verified else None)
            if opened is None:
                raise AccountLinkRequired
            return opened
        trusted = claims.email_verified and holder.email_verified
        if not (trusted and claims.issuer in self._linking):
            raise AccountLinkRequired
        return holder.id


def _address(claims: OutsideClaims) -> str | None:
    try:
        return EMAIL.validate_python(claims.email)
    except ValidationError:
        return None
