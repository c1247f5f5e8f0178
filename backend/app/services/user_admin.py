from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog

from app.core.actor import Actor, Role
from app.core.errors import Conflict, Forbidden
from app.db.page import Page
from app.models import User
from app.repositories.session import SessionRepository
from app.repositories.user import UserRepository
from app.schemas.user_admin import UserAdminQuery, UserAdminUpdate
from app.services.base import existing
from app.services.user import UserNotFound

log = structlog.get_logger(__name__)


class OwnStanding(Conflict):
    code = "USER_OWN_STANDING"
    error = "Nobody changes what they may do themselves."
    detail = "Ask another administrator; so there is always one left."


class UserAdminService:
    """What administrators may do with other people's accounts."""

    def __init__(self, users: UserRepository, sessions: SessionRepository) -> None:
        self._users = users
        self._sessions = sessions

    async def page(self, actor: Actor, asked: UserAdminQuery) -> Page[User]:
        actor.require(Role.ADMIN)
        return await self._users.page(asked)

    async def get(self, actor: Actor, user_id: UUID) -> User:
        actor.require(Role.ADMIN)
        return existing(await self._users.by_id(user_id), UserNotFound)

    async def update(self, actor: Actor, user_id: UUID, data: UserAdminUpdate) -> User:
        user = await self._other(actor, user_id)
        values = data.model_dump(exclude_unset=True)
        if "roles" in values:
            values["role_names"] = user.renamed_roles(values.pop("roles"))
        await self._users.change(user, values)
        if not user.active:
            await self._sessions.revoke_all(user.id, "deactivated")
        _log(actor, user, values)
        return await self._users.shown(user)

    async def end_sessions(self, actor: Actor, user_id: UUID) -> None:
        actor.require(Role.ADMIN)
        user = existing(await self._users.by_id(user_id), UserNotFound)
        await self._sessions.revoke_all(user.id, "ended_by_admin")
        log.info("session_revoked", user_id=str(user.id), by=str(actor.id))

    async def _other(self, actor: Actor, user_id: UUID) -> User:
        """Lock somebody's account and the administrator's own.

        Two who demote each other at once must not both succeed: whoever waited for the lock is
        an administrator no more.
        """
        actor.require(Role.ADMIN)
        if user_id == actor.id:
            raise OwnStanding
        people = await self._users.lock_several([actor.id, user_id])
        admin = people.get(actor.id)
        if admin is None or not admin.active or Role.ADMIN not in admin.roles:
            raise Forbidden
        return existing(people.get(user_id), UserNotFound)


def _log(actor: Actor, user: User, values: Mapping[str, Any]) -> None:
    ids = {"user_id": str(user.id), "by": str(actor.id)}
    if "role_names" in values:
        log.info("roles_changed", roles=sorted(user.roles), **ids)
    if "active" in values:
        log.info("account_activated" if user.active else "account_deactivated", **ids)
