from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import AskedThanks, Linked, SignedIn, Thanks
from app.db.page import CursorInvalid, Page
from app.models import Kudos
from app.schemas.kudos import KudosCreate, KudosPage, KudosRead
from app.services.kudos import KudosNotFound, ToPersonMissing

router = APIRouter(prefix="/thanks", tags=["thanks"], route_class=Route)


@router.get("", response_model=KudosPage, responses=problems(CursorInvalid))
async def list_thanks(
    actor: SignedIn, thanks: Thanks, asked: AskedThanks, links: Linked
) -> Page[Kudos]:
    """List thanks, newest first."""
    return links.paged(await thanks.page(actor, asked))


@router.post(
    "",
    response_model=KudosRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(ToPersonMissing),
)
async def create_kudos(actor: SignedIn, thanks: Thanks, data: KudosCreate, links: Linked) -> Kudos:
    """Create a kudos; you become its owner."""
    return links.created(await thanks.create(actor, data))


@router.get("/{kudos_id}", response_model=KudosRead, responses=problems(KudosNotFound))
async def get_kudos(actor: SignedIn, thanks: Thanks, kudos_id: UUID) -> Kudos:
    """Show one kudos."""
    return await thanks.get(actor, kudos_id)
