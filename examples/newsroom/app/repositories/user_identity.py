from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload

from app.models import UserIdentity
from app.repositories.base import Repository

REMEMBERED = timedelta(days=1)
"""How long nobody gets the identity of a deleted person: longer than any token lives."""
FREE = UserIdentity.user_id.is_(None) & (UserIdentity.ended_at < func.now() - REMEMBERED).is_(True)


class UserIdentityRepository(Repository[UserIdentity]):
    """Every query about who people are elsewhere."""

    model = UserIdentity
    read = select(UserIdentity).options(joinedload(UserIdentity.user))

    async def of(self, issuer: str, subject: str) -> UserIdentity | None:
        """Find an identity that somebody has, or had until lately."""
        found = self.read.where(UserIdentity.issuer == issuer, UserIdentity.subject == subject)
        return await self._first(found.where(~FREE))

    async def take(self, issuer: str, subject: str) -> UUID | None:
        """Put down an identity that nobody has; of several who try at once, one succeeds."""
        taken: UUID | None = await self._session.scalar(
            insert(UserIdentity)
            .values(issuer=issuer, subject=subject)
            .on_conflict_do_update(
                index_elements=["issuer", "subject"], set_={"ended_at": None}, where=FREE
            )
            .returning(UserIdentity.id)
        )
        return taken

    async def give(self, identity_id: UUID, user_id: UUID) -> None:
        await self._session.execute(
            update(UserIdentity).where(UserIdentity.id == identity_id).values(user_id=user_id)
        )
