from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import AskedOnCallShifts, Linked, OnCallShifts, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import OnCallShift
from app.schemas.on_call_shift import (
    OnCallShiftCreate,
    OnCallShiftPage,
    OnCallShiftRead,
    OnCallShiftUpdate,
)
from app.services.on_call_shift import (
    OnCallShiftNotFound,
    PersonMissing,
    SwappedWithItself,
    SwappedWithMissing,
    TeamMissing,
)

router = APIRouter(prefix="/on-call-shifts", tags=["on-call-shifts"], route_class=Route)


@router.get("", response_model=OnCallShiftPage, responses=problems(CursorInvalid))
async def list_on_call_shifts(
    actor: SignedIn, on_call_shifts: OnCallShifts, asked: AskedOnCallShifts, links: Linked
) -> Page[OnCallShift]:
    """List on call shifts, newest first."""
    return links.paged(await on_call_shifts.page(actor, asked))


@router.post(
    "",
    response_model=OnCallShiftRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(Forbidden, TeamMissing, PersonMissing, SwappedWithMissing),
)
async def create_on_call_shift(
    actor: SignedIn, on_call_shifts: OnCallShifts, data: OnCallShiftCreate, links: Linked
) -> OnCallShift:
    """Create an on call shift."""
    return links.created(await on_call_shifts.create(actor, data))


@router.get(
    "/{on_call_shift_id}", response_model=OnCallShiftRead, responses=problems(OnCallShiftNotFound)
)
async def get_on_call_shift(
    actor: SignedIn, on_call_shifts: OnCallShifts, on_call_shift_id: UUID
) -> OnCallShift:
    """Show one on call shift."""
    return await on_call_shifts.get(actor, on_call_shift_id)


@router.patch(
    "/{on_call_shift_id}",
    response_model=OnCallShiftRead,
    responses=problems(
        Forbidden,
        OnCallShiftNotFound,
        TeamMissing,
        PersonMissing,
        SwappedWithMissing,
        SwappedWithItself,
    ),
)
async def update_on_call_shift(
    actor: SignedIn, on_call_shifts: OnCallShifts, on_call_shift_id: UUID, data: OnCallShiftUpdate
) -> OnCallShift:
    """Change an on call shift; fields you leave out stay as they are."""
    return await on_call_shifts.update(actor, on_call_shift_id, data)


@router.delete(
    "/{on_call_shift_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, OnCallShiftNotFound),
)
async def delete_on_call_shift(
    actor: SignedIn, on_call_shifts: OnCallShifts, on_call_shift_id: UUID
) -> None:
    """Delete an on call shift."""
    await on_call_shifts.delete(actor, on_call_shift_id)
