from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import AskedTeams, Linked, SignedIn, Teams
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Team
from app.schemas.team import TeamCreate, TeamPage, TeamRead, TeamUpdate
from app.services.team import MemberMissing, NameTaken, TeamHasAnalyses, TeamNotFound

router = APIRouter(prefix="/teams", tags=["teams"], route_class=Route)


@router.get("", response_model=TeamPage, responses=problems(CursorInvalid))
async def list_teams(actor: SignedIn, teams: Teams, asked: AskedTeams, links: Linked) -> Page[Team]:
    """List teams, newest first."""
    return links.paged(await teams.page(actor, asked))


@router.post(
    "",
    response_model=TeamRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(Forbidden, NameTaken, MemberMissing),
)
async def create_team(actor: SignedIn, teams: Teams, data: TeamCreate, links: Linked) -> Team:
    """Create a team."""
    return links.created(await teams.create(actor, data))


@router.get("/{team_id}", response_model=TeamRead, responses=problems(TeamNotFound))
async def get_team(actor: SignedIn, teams: Teams, team_id: UUID) -> Team:
    """Show one team."""
    return await teams.get(actor, team_id)


@router.patch(
    "/{team_id}",
    response_model=TeamRead,
    responses=problems(Forbidden, TeamNotFound, NameTaken, MemberMissing),
)
async def update_team(actor: SignedIn, teams: Teams, team_id: UUID, data: TeamUpdate) -> Team:
    """Change a team; fields you leave out stay as they are."""
    return await teams.update(actor, team_id, data)


@router.delete(
    "/{team_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, TeamNotFound, TeamHasAnalyses),
)
async def delete_team(actor: SignedIn, teams: Teams, team_id: UUID) -> None:
    """Delete a team, and its meeting series and on call shifts."""
    await teams.delete(actor, team_id)
