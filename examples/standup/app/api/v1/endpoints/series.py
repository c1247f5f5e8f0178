from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import AskedMeetingSeries, Linked, MeetingSeries, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Series
from app.schemas.series import SeriesCreate, SeriesPage, SeriesRead, SeriesUpdate
from app.services.series import SeriesNotFound, TeamMissing

router = APIRouter(prefix="/meeting-series", tags=["meeting-series"], route_class=Route)


@router.get("", response_model=SeriesPage, responses=problems(CursorInvalid))
async def list_meeting_series(
    actor: SignedIn, meeting_series: MeetingSeries, asked: AskedMeetingSeries, links: Linked
) -> Page[Series]:
    """List meeting series, newest first."""
    return links.paged(await meeting_series.page(actor, asked))


@router.post(
    "",
    response_model=SeriesRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(Forbidden, TeamMissing),
)
async def create_series(
    actor: SignedIn, meeting_series: MeetingSeries, data: SeriesCreate, links: Linked
) -> Series:
    """Create a series."""
    return links.created(await meeting_series.create(actor, data))


@router.get("/{series_id}", response_model=SeriesRead, responses=problems(SeriesNotFound))
async def get_series(actor: SignedIn, meeting_series: MeetingSeries, series_id: UUID) -> Series:
    """Show one series."""
    return await meeting_series.get(actor, series_id)


@router.patch(
    "/{series_id}",
    response_model=SeriesRead,
    responses=problems(Forbidden, SeriesNotFound, TeamMissing),
)
async def update_series(
    actor: SignedIn, meeting_series: MeetingSeries, series_id: UUID, data: SeriesUpdate
) -> Series:
    """Change a series; fields you leave out stay as they are."""
    return await meeting_series.update(actor, series_id, data)


@router.delete(
    "/{series_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, SeriesNotFound),
)
async def delete_series(actor: SignedIn, meeting_series: MeetingSeries, series_id: UUID) -> None:
    """Delete a series."""
    await meeting_series.delete(actor, series_id)
