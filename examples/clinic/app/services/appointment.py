from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, Forbidden, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Appointment
from app.repositories.appointment import BOOKED, AppointmentRepository, owned_by
from app.schemas.appointment import AppointmentCreate, AppointmentQuery, AppointmentUpdate
from app.services.base import Lookup, existing


class AppointmentNotFound(NotFound):
    code = "APPOINTMENT_NOT_FOUND"
    error = "There is no such appointment."
    detail = "It may be gone, or not be yours to see or change."


class AppointmentRefused(Forbidden):
    code = "APPOINTMENT_REFUSED"
    error = "Your rights don't cover such an appointment."
    detail = "Nothing was saved. Send values that they cover, or ask somebody with more of them."


class DoctorStartsAtTaken(Conflict):
    code = "APPOINTMENT_DOCTOR_STARTS_AT_TAKEN"
    error = "An appointment for this doctor and with this starts at exists."
    detail = "Change the one that exists instead."
    constraint = "uq_appointments_doctor_id_starts_at"


class PatientMissing(Conflict):
    code = "APPOINTMENT_PATIENT_MISSING"
    error = "There is no such patient."
    detail = "Send the id of a patient that exists."
    constraint = "fk_appointments_patient_id"


class DoctorMissing(Conflict):
    code = "APPOINTMENT_DOCTOR_MISSING"
    error = "There is no such doctor."
    detail = "Send the id of a doctor that exists."
    constraint = "fk_appointments_doctor_id"


class FollowsMissing(Conflict):
    code = "APPOINTMENT_FOLLOWS_MISSING"
    error = "There is no such appointment."
    detail = "Send the id of an appointment that exists as follows_id, or null."
    constraint = "fk_appointments_follows_id"


class FollowsItself(Conflict):
    code = "APPOINTMENT_FOLLOWS_ITSELF"
    error = "An appointment can't refer to itself."
    detail = "Send the id of another appointment as follows_id, or null."
    constraint = "ck_appointments_follows_id"


class AppointmentNotRestorable(Conflict):
    code = "APPOINTMENT_NOT_RESTORABLE"
    error = "Something that this appointment needs is deleted."
    detail = "Restore that first."


def readable(actor: Actor) -> Rows:
    """Owners read their own appointments, receptions and doctors any."""
    return EVERY if actor.has(Role.RECEPTION, Role.DOCTOR) else owned_by(actor.id)


def creatable(actor: Actor) -> Rows:
    """Owners create their own appointments, receptions any."""
    return EVERY if actor.has(Role.RECEPTION) else owned_by(actor.id)


def changeable(actor: Actor) -> Rows:
    """Owners change their own appointments with state booked, receptions change every
    appointment and doctors change every appointment.
    """
    return EVERY if actor.has(Role.RECEPTION, Role.DOCTOR) else owned_by(actor.id) & BOOKED


def deletable(actor: Actor) -> Rows:
    """Owners delete their own appointments with state booked and receptions delete every
    appointment.
    """
    return EVERY if actor.has(Role.RECEPTION) else owned_by(actor.id) & BOOKED


def restorable(actor: Actor) -> Rows:
    """Administrators restore every appointment."""
    actor.require(Role.ADMIN)
    return EVERY


class AppointmentService:
    """What people may do with appointments."""

    def __init__(
        self, appointments: AppointmentRepository, patients: Lookup, others: Lookup
    ) -> None:
        self._appointments = appointments
        self._patients = patients
        self._others = others

    async def page(self, actor: Actor, asked: AppointmentQuery) -> Page[Appointment]:
        return await self._appointments.page(readable(actor), asked)

    async def get(self, actor: Actor, appointment_id: UUID) -> Appointment:
        found = await self._appointments.get(readable(actor), appointment_id)
        return existing(found, AppointmentNotFound)

    async def create(self, actor: Actor, data: AppointmentCreate) -> Appointment:
        rows = creatable(actor)
        await self._patients.check(actor, data.patient_id, PatientMissing)
        await self._others.check(actor, data.follows_id, FollowsMissing)
        appointment = Appointment(booked_by_id=actor.id, **data.model_dump())
        await self._appointments.save(appointment)
        existing(await self._appointments.get(rows, appointment.id), AppointmentRefused)
        return await self._appointments.shown(appointment)

    async def update(
        self, actor: Actor, appointment_id: UUID, data: AppointmentUpdate
    ) -> Appointment:
        rows = changeable(actor)
        found = await self._appointments.lock(rows, appointment_id)
        appointment = existing(found, AppointmentNotFound)
        if "patient_id" in data.model_fields_set and data.patient_id != appointment.patient_id:
            await self._patients.check(actor, data.patient_id, PatientMissing)
        if "follows_id" in data.model_fields_set and data.follows_id != appointment.follows_id:
            await self._others.check(actor, data.follows_id, FollowsMissing)
        await self._appointments.change(appointment, data.model_dump(exclude_unset=True))
        existing(await self._appointments.get(rows, appointment_id), AppointmentRefused)
        return await self._appointments.shown(appointment)

    async def delete(self, actor: Actor, appointment_id: UUID) -> None:
        found = await self._appointments.lock(deletable(actor), appointment_id)
        await self._appointments.remove(existing(found, AppointmentNotFound))

    async def restore(self, actor: Actor, appointment_id: UUID) -> None:
        found = await self._appointments.lock_deleted(restorable(actor), appointment_id)
        appointment = existing(found, AppointmentNotFound)
        await self._appointments.restore(appointment)
        if not await self._appointments.is_whole(appointment):
            raise AppointmentNotRestorable
