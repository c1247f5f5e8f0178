from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.core.security.lanes import Count, Lane
from app.db.ids import new_id
from app.models import LoginLane
from app.repositories.base import Repository

SWEPT_AT_ONCE = 500
SEEN = (
    LoginLane.digest,
    LoginLane.tries,
    LoginLane.free_at,
    LoginLane.expires_at,
    func.clock_timestamp().label("now"),
)


class Found(NamedTuple):
    """What is known of some lanes, and what time it is in the database."""

    counts: Mapping[Lane, Count]
    now: datetime


class LoginLaneRepository(Repository[LoginLane]):
    """Every query about tries to sign in, by the database's clock."""

    model = LoginLane
    read = select(LoginLane)

    async def seen(self, lanes: Sequence[Lane]) -> Found:
        """Look at lanes without making anybody wait."""
        query = select(*SEEN).where(LoginLane.digest.in_([lane.digest for lane in lanes]))
        return _found(lanes, (await self._session.execute(query)).all())

    async def hold(self, lanes: Sequence[Lane]) -> Found:
        """Make everybody else who comes along these lanes wait until we have counted."""
        new = Count()
        statement = insert(LoginLane).on_conflict_do_update(
            index_elements=[LoginLane.digest], set_={"updated_at": func.clock_timestamp()}
        )
        # In one order for all, so that no two wait for each other.
        held = await self._session.execute(
            statement.returning(*SEEN),
            [_row(lane, new, new.free_at) for lane in sorted(lanes, key=by_digest)],
        )
        return _found(lanes, held.all())

    async def keep(self, counts: Mapping[Lane, Count], now: datetime) -> None:
        """Write down what was counted while the lanes were held."""
        statement = insert(LoginLane)
        given = statement.excluded
        values = {"tries": given.tries, "free_at": given.free_at, "expires_at": given.expires_at}
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=[LoginLane.digest], set_=values),
            [
                _row(
                    lane,
                    counts[lane],
                    max(counts[lane].free_at, now) + lane.rule.kept(counts[lane]),
                )
                for lane in sorted(counts, key=by_digest)
            ],
        )

    async def forget(self, lane: Lane) -> None:
        await self._session.execute(delete(LoginLane).where(LoginLane.digest == lane.digest))

    async def sweep(self) -> None:
        """Delete some of what has expired; another process may be deleting the rest."""
        expired = (
            select(LoginLane.id)
            .where(LoginLane.expires_at < func.now())
            .limit(SWEPT_AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        await self._session.execute(delete(LoginLane).where(LoginLane.id.in_(expired)))


by_digest = attrgetter("digest")


def _row(lane: Lane, count: Count, expires_at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "digest": lane.digest,
        "tries": count.tries,
        "free_at": count.free_at,
        "expires_at": expires_at,
    }


def _found(lanes: Sequence[Lane], rows: Sequence[Any]) -> Found:
    """Read rows, of which one that has expired is worth as much as none."""
    live = {row.digest: Count(row.tries, row.free_at) for row in rows if row.expires_at > row.now}
    now = max((row.now for row in rows), default=Count().free_at)
    return Found({lane: live.get(lane.digest, Count()) for lane in lanes}, now)
