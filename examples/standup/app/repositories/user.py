from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import undefer

from app.models import User
from app.repositories.base import Repository


class UserRepository(Repository[User]):
    """Every query about people."""

    model = User
    read = select(User)

    async def by_id(self, user_id: UUID) -> User | None:
        return await self._first(self.read.where(User.id == user_id))

    async def by_email(self, email: str) -> User | None:
        """Find who signs in with this address, with the hash to compare."""
        query = self.read.where(User.email == email).options(undefer(User.password_hash))
        return await self._first(query)

    async def replace_hash(self, user_id: UUID, password_hash: str) -> None:
        await self._session.execute(
            update(User).where(User.id == user_id).values(password_hash=password_hash)
        )
