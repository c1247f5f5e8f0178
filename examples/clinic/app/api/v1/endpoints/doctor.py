from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Anyone, AskedDoctors, Doctors, Linked, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Doctor
from app.schemas.doctor import DoctorCreate, DoctorPage, DoctorRead, DoctorUpdate
from app.services.doctor import (
    DoctorHasAppointments,
    DoctorNotFound,
    LicenceTaken,
    PersonMissing,
    PersonTaken,
)

router = APIRouter(prefix="/doctors", tags=["doctors"], route_class=Route)


@router.get("", response_model=DoctorPage, responses=problems(CursorInvalid))
async def list_doctors(
    actor: Anyone, doctors: Doctors, asked: AskedDoctors, links: Linked
) -> Page[Doctor]:
    """List doctors, newest first."""
    return links.paged(await doctors.page(actor, asked))


@router.post(
    "",
    response_model=DoctorRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(Forbidden, PersonTaken, LicenceTaken, PersonMissing),
)
async def create_doctor(
    actor: SignedIn, doctors: Doctors, data: DoctorCreate, links: Linked
) -> Doctor:
    """Create a doctor."""
    return links.created(await doctors.create(actor, data))


@router.get("/{doctor_id}", response_model=DoctorRead, responses=problems(DoctorNotFound))
async def get_doctor(actor: Anyone, doctors: Doctors, doctor_id: UUID) -> Doctor:
    """Show one doctor."""
    return await doctors.get(actor, doctor_id)


@router.patch(
    "/{doctor_id}",
    response_model=DoctorRead,
    responses=problems(Forbidden, DoctorNotFound, PersonTaken, PersonMissing),
)
async def update_doctor(
    actor: SignedIn, doctors: Doctors, doctor_id: UUID, data: DoctorUpdate
) -> Doctor:
    """Change a doctor; fields you leave out stay as they are."""
    return await doctors.update(actor, doctor_id, data)


@router.delete(
    "/{doctor_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, DoctorNotFound, DoctorHasAppointments),
)
async def delete_doctor(actor: SignedIn, doctors: Doctors, doctor_id: UUID) -> None:
    """Delete a doctor."""
    await doctors.delete(actor, doctor_id)
