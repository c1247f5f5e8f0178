from datetime import timedelta

import structlog

from app.core.actor import Actor
from app.core.errors import Conflict
from app.core.security.tokens import digest, new_mail_token
from app.db.rows import EVERY
from app.models import MailPurpose
from app.services.base import existing
from app.services.user import UserNotFound
from app.services.user_desk import MailTokenInvalid, UserDesks
from app.services.user_mails import UserMails

log = structlog.get_logger(__name__)

LIFETIME = timedelta(minutes=30)


class EmailTaken(Conflict):
    code = "USER_EMAIL_TAKEN"
    error = "Somebody has an account with this address."
    detail = "Sign in to that account, or choose another address."
    constraint = "uq_users_email"


class UserEmailChangeService:
    """Another address for an account: the new one has to be read, and the old one is told."""

    def __init__(self, writing: UserDesks, mails: UserMails) -> None:
        self._writing = writing
        self._mails = mails

    async def ask(self, actor: Actor, email: str) -> None:
        """Mail a link to the new address; to one that has an account, only that it has."""
        token = new_mail_token()
        async with self._writing() as desk:
            await desk.require_fresh(actor)
            user = existing(await desk.users.lock(EVERY, actor.id), UserNotFound)
            other = await desk.users.by_email(email)
            await desk.mail_tokens.give(
                actor.id, MailPurpose.CHANGE, digest(token), LIFETIME, email
            )
        if other is not None and other.email_verified:
            self._mails.have_account(email)
        else:
            self._mails.confirm_change(email, token)
        if user.email:
            self._mails.change_asked(user.email)

    async def confirm(self, actor: Actor | None, token: str) -> None:
        """Change the address; who is signed in elsewhere has to sign in again."""
        async with self._writing() as desk:
            used = await desk.redeem(token, MailPurpose.CHANGE)
            if used and used.user_id and used.email:
                user = existing(await desk.users.by_id(used.user_id), UserNotFound)
                former = user.email
                await desk.users.move(user.id, used.email)
                # A link that was mailed to the old address is no proof any more.
                await desk.mail_tokens.discard(user.id)
                kept = actor.session if actor and actor.id == user.id else None
                await desk.sessions.revoke_all(user.id, "email_changed", besides=kept)
        if used is None:
            raise MailTokenInvalid
        if former:
            self._mails.email_changed(former)
        log.info("email_changed", user_id=str(used.user_id))
