"""Where an account's life is tested without a database."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import create_autospec

from app.repositories.mail_token import MailTokenRepository
from app.repositories.session import SessionRepository
from app.repositories.user import UserRepository
from app.services.user_desk import UserDesk


class UserOffice:
    """A desk, what is done at it, and whether it is open."""

    def __init__(self) -> None:
        self.users: Any = create_autospec(UserRepository, instance=True)
        self.sessions: Any = create_autospec(SessionRepository, instance=True)
        self.mail_tokens: Any = create_autospec(MailTokenRepository, instance=True)
        self.open = 0

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[UserDesk]:
        self.open += 1
        yield UserDesk(self.users, self.sessions, self.mail_tokens)
        self.open -= 1

    def closed(self, returning: Any = None) -> Callable[..., Any]:
        """Stand for what may happen only while no connection is held, and after the commit."""

        def called(*_: object) -> Any:
            assert not self.open
            return returning

        return called
