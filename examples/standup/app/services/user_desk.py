from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta

from app.core.actor import Actor
from app.core.errors import AppError, Forbidden
from app.core.security.tokens import digest
from app.db.rows import EVERY
from app.models import MailPurpose, MailToken
from app.repositories.mail_token import MailTokenRepository
from app.repositories.session import SessionRepository
from app.repositories.user import UserRepository

FRESH = timedelta(minutes=5)


class MailTokenInvalid(AppError):
    status = 400
    code = "MAIL_TOKEN_INVALID"
    error = "This link works no more."
    detail = "Each works once, for a while, and until a newer one is mailed. Ask for another."


class LoginTooOld(Forbidden):
    code = "REAUTH_REQUIRED"
    error = "It has been too long since you signed in."
    detail = "Sign in again with your password, and repeat this with the new access token."


@dataclass(frozen=True, slots=True)
class UserDesk:
    """The repositories that an account's life needs, in one transaction of their own."""

    users: UserRepository
    sessions: SessionRepository
    mail_tokens: MailTokenRepository

    async def require_fresh(self, actor: Actor) -> None:
        """Refuse what a stolen token must not do, unless its session began a moment ago.

        The session is asked, not the token; people of an outside issuer have none.
        """
        session = actor.session
        if session is None or not await self.sessions.began_within(FRESH, session):
            raise LoginTooOld

    async def redeem(self, token: str, purpose: MailPurpose) -> MailToken | None:
        """Use a token of somebody's, whose account stays as it is until we are done.

        First the account, then its tokens: whoever mails a new one locks them in that order.
        """
        found = await self.mail_tokens.find(digest(token), purpose)
        if found is None or found.user_id is None:
            return None
        await self.users.lock(EVERY, found.user_id)
        return await self.mail_tokens.use(digest(token), purpose)


UserDesks = Callable[[], AbstractAsyncContextManager[UserDesk]]
"""Opens a desk for a moment; what was done at it is durable once it is closed."""
