from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, InUse, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Doctor
from app.repositories.doctor import DoctorRepository
from app.schemas.doctor import DoctorCreate, DoctorQuery, DoctorUpdate
from app.services.base import existing


class DoctorNotFound(NotFound):
    code = "DOCTOR_NOT_FOUND"
    error = "There is no such doctor."
    detail = "It may be gone, or not be yours to see or change."


class PersonTaken(Conflict):
    code = "DOCTOR_PERSON_TAKEN"
    error = "A doctor for this person exists."
    detail = "Change the one that exists instead."
    constraint = "uq_doctors_person_id"


class LicenceTaken(Conflict):
    code = "DOCTOR_LICENCE_TAKEN"
    error = "A doctor with this licence exists."
    detail = "Choose another licence."
    constraint = "uq_doctors_licence"


class PersonMissing(Conflict):
    code = "DOCTOR_PERSON_MISSING"
    error = "There is no such person."
    detail = "Send the id of a user that exists."
    constraint = "fk_doctors_person_id"


class DoctorHasAppointments(InUse):
    code = "DOCTOR_HAS_APPOINTMENTS"
    error = "Appointments still refer to this doctor."
    detail = "Delete or change the appointments first."
    constraint = "fk_appointments_doctor_id"


def readable(actor: Actor | None) -> Rows:
    """Everybody reads every doctor."""
    return EVERY


def creatable(actor: Actor) -> None:
    """Administrators create doctors."""
    actor.require(Role.ADMIN)


def changeable(actor: Actor) -> Rows:
    """Administrators change every doctor."""
    actor.require(Role.ADMIN)
    return EVERY


def deletable(actor: Actor) -> Rows:
    """Administrators delete every doctor."""
    actor.require(Role.ADMIN)
    return EVERY


class DoctorService:
    """What people may do with doctors."""

    def __init__(self, doctors: DoctorRepository) -> None:
        self._doctors = doctors

    async def page(self, actor: Actor | None, asked: DoctorQuery) -> Page[Doctor]:
        return await self._doctors.page(readable(actor), asked)

    async def get(self, actor: Actor | None, doctor_id: UUID) -> Doctor:
        found = await self._doctors.get(readable(actor), doctor_id)
        return existing(found, DoctorNotFound)

    async def create(self, actor: Actor, data: DoctorCreate) -> Doctor:
        creatable(actor)
        doctor = Doctor(**data.model_dump())
        return await self._doctors.shown(await self._doctors.save(doctor))

    async def update(self, actor: Actor, doctor_id: UUID, data: DoctorUpdate) -> Doctor:
        found = await self._doctors.lock(changeable(actor), doctor_id)
        doctor = existing(found, DoctorNotFound)
        await self._doctors.change(doctor, data.model_dump(exclude_unset=True))
        return await self._doctors.shown(doctor)

    async def delete(self, actor: Actor, doctor_id: UUID) -> None:
        found = await self._doctors.lock(deletable(actor), doctor_id)
        await self._doctors.remove(existing(found, DoctorNotFound))
