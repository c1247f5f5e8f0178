from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, delete, exists, func, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import with_expression

from app.db.page import MOMENT, TEXT, Page, SortKey, sort_keys
from app.db.rows import EVERY, Rows
from app.models import Team
from app.models.team import team_members
from app.repositories.base import Repository
from app.schemas.team import TeamQuery, TeamSort

MEMBER_IDS = func.array(
    select(team_members.c.member_id)
    .where(team_members.c.team_id == Team.id)
    .order_by(team_members.c.member_id)
    .scalar_subquery(),
    type_=ARRAY(Uuid),
)
SORT_KEYS = sort_keys(
    SortKey(TeamSort.CREATED_AT, Team.created_at, MOMENT),
    SortKey(TeamSort.CREATED_AT_DOWN, Team.created_at, MOMENT),
    SortKey(TeamSort.NAME, Team.name, TEXT),
    SortKey(TeamSort.NAME_DOWN, Team.name, TEXT),
)


def having_members(member_ids: Sequence[UUID] | None) -> Rows:
    if member_ids is None:
        return EVERY
    return exists().where(
        team_members.c.team_id == Team.id, team_members.c.member_id.in_(member_ids)
    )


class TeamRepository(Repository[Team]):
    """Every query about teams; each says whose rows it may see."""

    model = Team
    read = select(Team).options(with_expression(Team.member_ids, MEMBER_IDS))

    async def page(self, rows: Rows, asked: TeamQuery) -> Page[Team]:
        query = self.read.where(rows, having_members(asked.member_ids))
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)

    async def add_members(self, team: Team, member_ids: Sequence[UUID]) -> None:
        pairs = [{"team_id": team.id, "member_id": member_id} for member_id in member_ids]
        if pairs:
            await self._session.execute(insert(team_members), pairs)

    async def replace_members(self, team: Team, member_ids: Sequence[UUID]) -> None:
        mine = team_members.c.team_id == team.id
        await self._session.execute(delete(team_members).where(mine))
        await self.add_members(team, member_ids)
        await self.change(team, {"updated_at": func.now()})
