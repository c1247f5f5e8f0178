import structlog

from app.core.actor import Actor
from app.core.errors import Unprocessable
from app.core.login_place import LoginPlace
from app.core.security.guesses import judge
from app.core.security.passwords import Passwords
from app.models import User
from app.schemas.session import TokenPair
from app.schemas.user_password import UserPasswordChange
from app.services.base import existing
from app.services.login_lane import LoginLaneService
from app.services.session import SessionService
from app.services.user import UserNotFound
from app.services.user_desk import UserDesks
from app.services.user_mails import UserMails

log = structlog.get_logger(__name__)


class PasswordWrong(Unprocessable):
    code = "PASSWORD_WRONG"
    error = "This is not your current password."
    detail = "Check it, and try again; or sign out, and ask for a new one by mail."


class UserPasswordService:
    """A new password for whoever knows the old one.

    Whoever finds somebody signed in, or has stolen a token, is stopped by the old password. And
    whoever knows the old one is signed out everywhere by the new.
    """

    def __init__(
        self,
        writing: UserDesks,
        passwords: Passwords,
        sessions: SessionService,
        lanes: LoginLaneService,
        mails: UserMails,
    ) -> None:
        self._writing = writing
        self._passwords = passwords
        self._sessions = sessions
        self._lanes = lanes
        self._mails = mails

    async def change(self, actor: Actor, data: UserPasswordChange, place: LoginPlace) -> TokenPair:
        """Set a new password, and go on in a session that has just begun."""
        user = await self._who_knows(data.current_password, actor)
        judge(data.new_password, user.email or "")
        new_hash = await self._passwords.hash(data.new_password)
        async with self._writing() as desk:
            # Somebody may have been quicker, by mail or from another place.
            if not await desk.users.hold(user.id, user.password_hash or ""):
                raise PasswordWrong
            await desk.users.replace_hash(user.id, new_hash)
            await desk.mail_tokens.discard(user.id)
            await desk.sessions.revoke_all(user.id, "password_changed")
            pair = await self._sessions.open(desk.sessions, user.id, place)
        if user.email:
            self._mails.password_replaced(user.email)
        log.info("password_changed", user_id=str(user.id))
        return pair

    async def _who_knows(self, password: str, actor: Actor) -> User:
        """Find somebody by their password; each try is counted, as those of a login are."""
        way = await self._lanes.enter_again(actor.id)
        async with self._writing() as desk:
            user = existing(await desk.users.with_hash(actor.id), UserNotFound)
        checked = await self._passwords.check(password, user.password_hash)
        if not checked.right:
            log.warning("password_wrong", user_id=str(actor.id))
            raise PasswordWrong
        await self._lanes.passed(way)
        return user
