from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.db.rows import Rows
from app.models import MailPurpose, MailToken
from app.repositories.base import Repository

AT_A_TIME = 100


def _working(digest: bytes, purpose: MailPurpose) -> Rows:
    return (
        (MailToken.digest == digest)
        & (MailToken.purpose == purpose)
        & (MailToken.expires_at > func.now())
    )


class MailTokenRepository(Repository[MailToken]):
    """Every query about tokens in mails, by the database's clock."""

    model = MailToken
    read = select(MailToken)

    async def give(
        self,
        user_id: UUID | None,
        purpose: MailPurpose,
        digest: bytes,
        lifetime: timedelta,
        email: str | None = None,
    ) -> None:
        """Keep a token; an older one of the same person and purpose works no more.

        One of nobody's is kept as well, so that all takes as long as it does for somebody.
        """
        await self._discard_expired()
        given = {
            "digest": digest,
            "email": email,
            "expires_at": func.now() + lifetime,
            "created_at": func.now(),
        }
        row = insert(MailToken).values(user_id=user_id, purpose=purpose, **given)
        await self._session.execute(
            row.on_conflict_do_update(index_elements=["user_id", "purpose"], set_=given)
        )

    async def find(self, digest: bytes, purpose: MailPurpose) -> MailToken | None:
        """Look at a token that still works."""
        return await self._first(self.read.where(_working(digest, purpose)))

    async def use(self, digest: bytes, purpose: MailPurpose) -> MailToken | None:
        """Take a token back for ever, and say whose it was, if it still worked."""
        query = delete(MailToken).where(_working(digest, purpose)).returning(MailToken)
        used: MailToken | None = await self._session.scalar(query)
        return used

    async def discard(self, user_id: UUID) -> None:
        """Let no link work that somebody was sent before."""
        await self._session.execute(delete(MailToken).where(MailToken.user_id == user_id))

    async def _discard_expired(self) -> None:
        """Delete some of what works no more; two who do so at once don't wait for each other."""
        some = (
            select(MailToken.id)
            .where(MailToken.expires_at <= func.now())
            .limit(AT_A_TIME)
            .with_for_update(skip_locked=True)
        )
        await self._session.execute(delete(MailToken).where(MailToken.id.in_(some)))
