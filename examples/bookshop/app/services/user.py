from app.core.actor import Actor, Role
from app.core.errors import Conflict, NotFound
from app.models import User
from app.repositories.user import UserRepository
from app.services.base import existing


class EmailUnverified(Conflict):
    code = "USER_EMAIL_UNVERIFIED"
    error = "This address has not been confirmed yet."
    detail = "Open the link in the mail that was sent to it, and try again."


class UserNotFound(NotFound):
    code = "USER_NOT_FOUND"
    error = "There is no such person."
    detail = "The account may have been deleted."


class UserService:
    """What people may do with accounts."""

    def __init__(self, users: UserRepository) -> None:
        self._users = users

    async def me(self, actor: Actor) -> User:
        return existing(await self._users.by_id(actor.id), UserNotFound)

    async def make_admin(self, email: str) -> User:
        """Give somebody every right that the role has; for the command line, not for callers."""
        user = existing(await self._users.by_email(email.lower()), UserNotFound)
        if not user.email_verified:
            # Whoever opened the account may be anybody, and knows its password.
            raise EmailUnverified
        roles = sorted({*user.role_names, Role.ADMIN})
        return await self._users.change(user, {"role_names": roles})
