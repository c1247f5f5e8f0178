from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from app.repositories.mail_token import MailTokenRepository
from app.repositories.session import SessionRepository
from app.repositories.user import UserRepository


@dataclass(frozen=True, slots=True)
class UserDesk:
    """The repositories that an account's life needs, in one transaction of their own."""

    users: UserRepository
    sessions: SessionRepository
    mail_tokens: MailTokenRepository


UserDesks = Callable[[], AbstractAsyncContextManager[UserDesk]]
"""Opens a desk for a moment; what was done at it is durable once it is closed."""
