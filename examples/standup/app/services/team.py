from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, InUse, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Team
from app.repositories.team import TeamRepository
from app.schemas.team import TeamCreate, TeamQuery, TeamUpdate
from app.services.base import existing


class TeamNotFound(NotFound):
    code = "TEAM_NOT_FOUND"
    error = "There is no such team."
    detail = "It may be gone, or not be yours to see or change."


class NameTaken(Conflict):
    code = "TEAM_NAME_TAKEN"
    error = "A team with this name exists."
    detail = "Choose another name."
    constraint = "uq_teams_name"


class MemberMissing(Conflict):
    code = "TEAM_MEMBER_MISSING"
    error = "One of the members does not exist."
    detail = "Send ids of users that exist."
    constraint = "fk_team_members_member_id"


class TeamHasAnalyses(InUse):
    code = "TEAM_HAS_ANALYSES"
    error = "Analyses still refer to this team."
    detail = "Delete or change the analyses first."
    constraint = "fk_analyses_team_id"


def readable(actor: Actor) -> Rows:
    """Whoever is signed in reads every team."""
    return EVERY


def creatable(actor: Actor) -> None:
    """Leads create teams."""
    actor.require(Role.LEAD)


def changeable(actor: Actor) -> Rows:
    """Leads change every team."""
    actor.require(Role.LEAD)
    return EVERY


def deletable(actor: Actor) -> Rows:
    """Leads delete every team."""
    actor.require(Role.LEAD)
    return EVERY


class TeamService:
    """What people may do with teams."""

    def __init__(self, teams: TeamRepository) -> None:
        self._teams = teams

    async def page(self, actor: Actor, asked: TeamQuery) -> Page[Team]:
        return await self._teams.page(readable(actor), asked)

    async def get(self, actor: Actor, team_id: UUID) -> Team:
        found = await self._teams.get(readable(actor), team_id)
        return existing(found, TeamNotFound)

    async def create(self, actor: Actor, data: TeamCreate) -> Team:
        creatable(actor)
        team = Team(**data.model_dump(exclude={"member_ids"}))
        await self._teams.save(team)
        await self._teams.add_members(team, data.member_ids)
        return await self._teams.shown(team)

    async def update(self, actor: Actor, team_id: UUID, data: TeamUpdate) -> Team:
        found = await self._teams.lock(changeable(actor), team_id)
        team = existing(found, TeamNotFound)
        await self._teams.change(team, data.model_dump(exclude_unset=True, exclude={"member_ids"}))
        if "member_ids" in data.model_fields_set:
            await self._teams.replace_members(team, data.member_ids)
        return await self._teams.shown(team)

    async def delete(self, actor: Actor, team_id: UUID) -> None:
        found = await self._teams.lock(deletable(actor), team_id)
        await self._teams.remove(existing(found, TeamNotFound))
