import structlog

from app.core.actor import Actor
from app.core.errors import Conflict, InUse
from app.db.rows import EVERY
from app.models import User
from app.services.base import existing
from app.services.user import UserNotFound
from app.services.user_desk import UserDesk, UserDesks
from app.services.user_mails import UserMails

log = structlog.get_logger(__name__)


class LastAdministrator(Conflict):
    code = "USER_LAST_ADMINISTRATOR"
    error = "You are the only administrator."
    detail = "Make somebody else one first; else nobody could look after people's accounts."


class UserHasPatients(InUse):
    code = "USER_HAS_PATIENTS"
    error = "Patients still refer to your account."
    detail = "Delete or change the patients first, or close your account instead."
    constraint = "fk_patients_guardian_id"


class UserAccountService:
    """Giving up one's own account."""

    def __init__(self, writing: UserDesks, mails: UserMails) -> None:
        self._writing = writing
        self._mails = mails

    async def deactivate(self, actor: Actor) -> None:
        """Close an account until an administrator opens it again."""
        async with self._writing() as desk:
            user = await self._going(desk, actor)
            await desk.users.change(user, {"active": False})
            await desk.mail_tokens.discard(user.id)
            await desk.sessions.revoke_all(user.id, "account_deactivated")
        if user.email:
            self._mails.account_closed(user.email)
        log.info("account_deactivated", user_id=str(actor.id))

    async def delete(self, actor: Actor) -> None:
        """Delete an account for ever, with what belongs to it alone."""
        async with self._writing() as desk:
            await desk.require_fresh(actor)
            user = await self._going(desk, actor)
            await desk.users.remove(user)
        if user.email:
            self._mails.account_deleted(user.email)
        log.info("account_deleted", user_id=str(actor.id))

    async def _going(self, desk: UserDesk, actor: Actor) -> User:
        """Lock an account that is given up, unless nobody could look after the others then.

        All administrators are locked with it: of two who go at once, the second is the last.
        """
        administrators = await desk.users.lock_administrators()
        user = existing(await desk.users.lock(EVERY, actor.id), UserNotFound)
        if [each.id for each in administrators] == [user.id]:
            raise LastAdministrator
        return user
