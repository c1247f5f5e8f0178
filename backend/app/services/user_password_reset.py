from datetime import timedelta

import structlog

from app.core.security.guesses import judge
from app.core.security.passwords import Passwords
from app.core.security.tokens import digest, new_mail_token
from app.models import MailPurpose, User
from app.schemas.user_password_reset import UserPasswordReset
from app.services.login_lane import LoginLaneService
from app.services.user_desk import MailTokenInvalid, UserDesks
from app.services.user_mails import UserMails

log = structlog.get_logger(__name__)

LIFETIME = timedelta(minutes=30)


class UserPasswordResetService:
    """A new password for whoever forgot theirs, and reads the mail to their address."""

    def __init__(
        self,
        writing: UserDesks,
        passwords: Passwords,
        mails: UserMails,
        lanes: LoginLaneService,
    ) -> None:
        self._writing = writing
        self._passwords = passwords
        self._mails = mails
        self._lanes = lanes

    async def ask(self, email: str) -> None:
        """Mail a link to whoever has an account, and do the same work for whoever has none."""
        token = new_mail_token()
        async with self._writing() as desk:
            user = await desk.users.lock_by_email(email)
            known = user is not None and user.active
            user_id = user.id if user and known else None
            await desk.mail_tokens.give(user_id, MailPurpose.RESET, digest(token), LIFETIME)
        if known:
            self._mails.reset_password(email, token)
            log.info("password_reset_asked", user_id=str(user_id))

    async def reset(self, data: UserPasswordReset) -> None:
        """Set a new password; whoever knew the old one is signed out everywhere."""
        person = await self._person(data.token)
        judge(data.password, person.email or "")
        password_hash = await self._passwords.hash(data.password)
        async with self._writing() as desk:
            used = await desk.redeem(data.token, MailPurpose.RESET)
            if used:
                await desk.users.replace_hash(person.id, password_hash)
                await desk.users.verify(person.id)
                await desk.mail_tokens.discard(person.id)
                await desk.sessions.revoke_all(person.id, "password_reset")
        if used is None:
            raise MailTokenInvalid
        if person.email:
            await self._lanes.release(person.email)
            self._mails.password_changed(person.email)
        log.info("password_reset", user_id=str(person.id))

    async def _person(self, token: str) -> User:
        """Say whose token it is; a password that is refused does not use it up."""
        async with self._writing() as desk:
            found = await desk.mail_tokens.find(digest(token), MailPurpose.RESET)
            user = await desk.users.by_id(found.user_id) if found and found.user_id else None
        if user is None:
            raise MailTokenInvalid
        return user
