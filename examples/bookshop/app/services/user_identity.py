import math
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial

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
        self, reading: IdentityDesks, writing: IdentityDesks, directory: Directory
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._directory = directory

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
        """Open an account, unless another request of the same person just did."""
        async with self._writing() as desk:
            identity = await desk.identities.take(claims.issuer, claims.subject)
            if identity is None:
                return
            email = _address(claims)
            if email and await desk.users.by_email(email):
                raise AccountLinkRequired
            user = await desk.users.save(User())
            await desk.identities.give(identity, user.id)
        log.info("identity_linked", user_id=str(user.id), issuer=claims.issuer)


def _address(claims: OutsideClaims) -> str | None:
    try:
        return EMAIL.validate_python(claims.email)
    except ValidationError:
        return None
