from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Anyone, AskedDesks, Desks, Linked, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Desk
from app.schemas.desk import DeskCreate, DeskPage, DeskRead, DeskUpdate
from app.services.desk import DeskHasArticles, DeskNotFound, LeadMissing, NameTaken

router = APIRouter(prefix="/desks", tags=["desks"], route_class=Route)


@router.get("", response_model=DeskPage, responses=problems(CursorInvalid))
async def list_desks(actor: Anyone, desks: Desks, asked: AskedDesks, links: Linked) -> Page[Desk]:
    """List desks, newest first."""
    return links.paged(await desks.page(actor, asked))


@router.post(
    "",
    response_model=DeskRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(Forbidden, NameTaken, LeadMissing),
)
async def create_desk(actor: SignedIn, desks: Desks, data: DeskCreate, links: Linked) -> Desk:
    """Create a desk."""
    return links.created(await desks.create(actor, data))


@router.get("/{desk_id}", response_model=DeskRead, responses=problems(DeskNotFound))
async def get_desk(actor: Anyone, desks: Desks, desk_id: UUID) -> Desk:
    """Show one desk."""
    return await desks.get(actor, desk_id)


@router.patch(
    "/{desk_id}",
    response_model=DeskRead,
    responses=problems(Forbidden, DeskNotFound, NameTaken, LeadMissing),
)
async def update_desk(actor: SignedIn, desks: Desks, desk_id: UUID, data: DeskUpdate) -> Desk:
    """Change a desk; fields you leave out stay as they are."""
    return await desks.update(actor, desk_id, data)


@router.delete(
    "/{desk_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, DeskNotFound, DeskHasArticles),
)
async def delete_desk(actor: SignedIn, desks: Desks, desk_id: UUID) -> None:
    """Delete a desk."""
    await desks.delete(actor, desk_id)
