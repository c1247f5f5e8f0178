from datetime import timedelta
from uuid import UUID

import structlog

from app.core.security.guesses import judge
from app.core.security.passwords import Passwords
from app.core.security.tokens import digest, new_mail_token
from app.models import MailPurpose
from app.schemas.user import SignUp
from app.services.user_desk import MailTokenInvalid, UserDesk, UserDesks
from app.services.user_mails import UserMails

log = structlog.get_logger(__name__)

LIFETIME = timedelta(hours=24)


class UserSignUpService:
    """Opening an account, and showing that its address is one's own.

    Nobody learns here whether an address has an account: answers are the same, and so is the
    work. Only the mail tells, to the one person who may know.
    """

    def __init__(self, writing: UserDesks, passwords: Passwords, mails: UserMails) -> None:
        self._writing = writing
        self._passwords = passwords
        self._mails = mails

    async def sign_up(self, data: SignUp) -> None:
        judge(data.password, data.email)
        password_hash = await self._passwords.hash(data.password)
        async with self._writing() as desk:
            user_id = await desk.users.open_account(data.email, password_hash)
            token = await self._give(desk, user_id)
        if user_id:
            self._mails.confirm(data.email, token)
        else:
            self._mails.have_account(data.email)

    async def send_again(self, email: str) -> None:
        """Mail another link to whoever has yet to confirm an address."""
        async with self._writing() as desk:
            user = await desk.users.lock_by_email(email)
            waiting = user is not None and not user.email_verified
            token = await self._give(desk, user.id if user and waiting else None)
        if waiting:
            self._mails.confirm(email, token)

    async def verify(self, token: str) -> None:
        async with self._writing() as desk:
            used = await desk.redeem(token, MailPurpose.VERIFY)
            if used and used.user_id:
                await desk.users.verify(used.user_id)
        if used is None:
            raise MailTokenInvalid
        log.info("email_verified", user_id=str(used.user_id))

    async def _give(self, desk: UserDesk, user_id: UUID | None) -> str:
        token = new_mail_token()
        await desk.mail_tokens.give(user_id, MailPurpose.VERIFY, digest(token), LIFETIME)
        return token
