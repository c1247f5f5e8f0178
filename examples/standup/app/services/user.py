from app.core.actor import Actor, Role
from app.core.errors import Conflict, NotFound
from app.core.security.guesses import judge
from app.core.security.passwords import Passwords
from app.models import User
from app.repositories.user import UserRepository
from app.schemas.user import SignUp
from app.services.base import existing


class EmailTaken(Conflict):
    code = "USER_EMAIL_TAKEN"
    error = "Somebody has an account with this address."
    detail = "Sign in, or choose another address."
    constraint = "uq_users_email"


class UserNotFound(NotFound):
    code = "USER_NOT_FOUND"
    error = "There is no such person."
    detail = "The account may have been deleted."


class UserService:
    """What people may do with accounts."""

    def __init__(self, users: UserRepository, passwords: Passwords) -> None:
        self._users = users
        self._passwords = passwords

    async def sign_up(self, data: SignUp) -> User:
        judge(data.password, data.email)
        password_hash = await self._passwords.hash(data.password)
        user = await self._users.save(User(email=data.email, password_hash=password_hash))
        return await self._users.shown(user)

    async def me(self, actor: Actor) -> User:
        return existing(await self._users.by_id(actor.id), UserNotFound)

    async def make_admin(self, email: str) -> User:
        """Give somebody every right that the role has; for the command line, not for callers."""
        user = existing(await self._users.by_email(email.lower()), UserNotFound)
        roles = sorted({*user.role_names, Role.ADMIN})
        return await self._users.change(user, {"role_names": roles})
