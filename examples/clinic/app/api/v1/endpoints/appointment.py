from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Appointments, AskedAppointments, Linked, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Appointment
from app.schemas.appointment import (
    AppointmentCreate,
    AppointmentPage,
    AppointmentRead,
    AppointmentUpdate,
)
from app.services.appointment import (
    AppointmentNotFound,
    AppointmentNotRestorable,
    AppointmentRefused,
    DoctorMissing,
    DoctorStartsAtTaken,
    FollowsItself,
    FollowsMissing,
    PatientMissing,
)

router = APIRouter(prefix="/appointments", tags=["appointments"], route_class=Route)


@router.get("", response_model=AppointmentPage, responses=problems(CursorInvalid))
async def list_appointments(
    actor: SignedIn, appointments: Appointments, asked: AskedAppointments, links: Linked
) -> Page[Appointment]:
    """List the appointments that you may read, sorted by starts at."""
    return links.paged(await appointments.page(actor, asked))


@router.post(
    "",
    response_model=AppointmentRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(
        AppointmentRefused, DoctorStartsAtTaken, PatientMissing, DoctorMissing, FollowsMissing
    ),
)
async def create_appointment(
    actor: SignedIn, appointments: Appointments, data: AppointmentCreate, links: Linked
) -> Appointment:
    """Create an appointment."""
    return links.created(await appointments.create(actor, data))


@router.get(
    "/{appointment_id}", response_model=AppointmentRead, responses=problems(AppointmentNotFound)
)
async def get_appointment(
    actor: SignedIn, appointments: Appointments, appointment_id: UUID
) -> Appointment:
    """Show one appointment."""
    return await appointments.get(actor, appointment_id)


@router.patch(
    "/{appointment_id}",
    response_model=AppointmentRead,
    responses=problems(
        AppointmentNotFound,
        DoctorStartsAtTaken,
        PatientMissing,
        DoctorMissing,
        FollowsMissing,
        FollowsItself,
        AppointmentRefused,
    ),
)
async def update_appointment(
    actor: SignedIn, appointments: Appointments, appointment_id: UUID, data: AppointmentUpdate
) -> Appointment:
    """Change an appointment; fields you leave out stay as they are."""
    return await appointments.update(actor, appointment_id, data)


@router.delete(
    "/{appointment_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(AppointmentNotFound),
)
async def delete_appointment(
    actor: SignedIn, appointments: Appointments, appointment_id: UUID
) -> None:
    """Delete an appointment, and its prescriptions."""
    await appointments.delete(actor, appointment_id)


@router.post(
    "/{appointment_id}/restore",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(
        Forbidden, AppointmentNotFound, DoctorStartsAtTaken, AppointmentNotRestorable
    ),
)
async def restore_appointment(
    actor: SignedIn, appointments: Appointments, appointment_id: UUID
) -> None:
    """Restore a deleted appointment."""
    await appointments.restore(actor, appointment_id)
