from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.core.replay import KeptAnswer, KeyedRequest
from app.db.ids import new_id
from app.models import IdempotencyKey
from app.repositories.base import Repository

SWEPT_AT_ONCE = 500


class IdempotencyKeyRepository(Repository[IdempotencyKey]):
    """Every query about answers that are kept for a key."""

    model = IdempotencyKey
    read = select(IdempotencyKey)

    async def hold(self, sent: KeyedRequest) -> bool:
        """Keep others with this key out until the transaction ends, unless one is in already."""
        number = int.from_bytes(sent.digest[:8], signed=True)
        return bool(await self._session.scalar(select(func.pg_try_advisory_xact_lock(number))))

    async def live(self, sent: KeyedRequest) -> IdempotencyKey | None:
        found: IdempotencyKey | None = await self._session.scalar(
            self.read.where(
                IdempotencyKey.digest == sent.digest, IdempotencyKey.expires_at > func.now()
            )
        )
        return found

    async def keep(self, sent: KeyedRequest, answer: KeptAnswer, life: timedelta) -> None:
        """Write down what was answered, in the place of what has expired."""
        values = {
            "fingerprint": sent.fingerprint,
            "status": answer.status,
            "headers": answer.headers,
            "body": answer.body,
            "expires_at": func.now() + life,
        }
        new = {"id": new_id(), "user_id": sent.user_id, "digest": sent.digest}
        await self._session.execute(
            insert(IdempotencyKey)
            .values(**new, **values)
            .on_conflict_do_update(index_elements=[IdempotencyKey.digest], set_=values)
        )

    async def sweep(self) -> None:
        """Delete some of what has expired; another process may be deleting the rest."""
        expired = (
            select(IdempotencyKey.id)
            .where(IdempotencyKey.expires_at < func.now())
            .limit(SWEPT_AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        await self._session.execute(delete(IdempotencyKey).where(IdempotencyKey.id.in_(expired)))
