import structlog

from app.core.actor import Actor
from app.core.errors import InUse
from app.db.rows import EVERY
from app.services.base import existing
from app.services.user import UserNotFound
from app.services.user_desk import UserDesks
from app.services.user_mails import UserMails

log = structlog.get_logger(__name__)


class UserHasAnalyses(InUse):
    code = "USER_HAS_ANALYSES"
    error = "Analyses still refer to your account."
    detail = "Delete or change the analyses first, or close your account instead."
    constraint = "fk_analyses_author_id"


class UserHasOnCallShifts(InUse):
    code = "USER_HAS_ON_CALL_SHIFTS"
    error = "On call shifts still refer to your account."
    detail = "Delete or change the on call shifts first, or close your account instead."
    constraint = "fk_on_call_shifts_person_id"


class UserAccountService:
    """Giving up one's own account."""

    def __init__(self, writing: UserDesks, mails: UserMails) -> None:
        self._writing = writing
        self._mails = mails

    async def deactivate(self, actor: Actor) -> None:
        """Close an account until an administrator opens it again."""
        async with self._writing() as desk:
            user = existing(await desk.users.lock(EVERY, actor.id), UserNotFound)
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
            user = existing(await desk.users.lock(EVERY, actor.id), UserNotFound)
            await desk.users.remove(user)
        if user.email:
            self._mails.account_deleted(user.email)
        log.info("account_deleted", user_id=str(actor.id))
