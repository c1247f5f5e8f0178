from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Prescription
from app.repositories.prescription import PrescriptionRepository, owned_by
from app.schemas.prescription import PrescriptionCreate, PrescriptionQuery
from app.services.base import Lookup, existing


class PrescriptionNotFound(NotFound):
    code = "PRESCRIPTION_NOT_FOUND"
    error = "There is no such prescription."
    detail = "It may be gone, or not be yours to see or change."


class AppointmentMissing(Conflict):
    code = "PRESCRIPTION_APPOINTMENT_MISSING"
    error = "There is no such appointment."
    detail = "Send the id of an appointment that exists."
    constraint = "fk_prescriptions_appointment_id"


def readable(actor: Actor) -> Rows:
    """Owners read their own prescriptions, doctors any."""
    return EVERY if actor.has(Role.DOCTOR) else owned_by(actor.id)


def creatable(actor: Actor) -> None:
    """Doctors create prescriptions."""
    actor.require(Role.DOCTOR)


class PrescriptionService:
    """What people may do with prescriptions."""

    def __init__(self, prescriptions: PrescriptionRepository, appointments: Lookup) -> None:
        self._prescriptions = prescriptions
        self._appointments = appointments

    async def page(self, actor: Actor, asked: PrescriptionQuery) -> Page[Prescription]:
        return await self._prescriptions.page(readable(actor), asked)

    async def get(self, actor: Actor, prescription_id: UUID) -> Prescription:
        found = await self._prescriptions.get(readable(actor), prescription_id)
        return existing(found, PrescriptionNotFound)

    async def create(self, actor: Actor, data: PrescriptionCreate) -> Prescription:
        creatable(actor)
        await self._appointments.check(actor, data.appointment_id, AppointmentMissing)
        prescription = Prescription(**data.model_dump())
        return await self._prescriptions.shown(await self._prescriptions.save(prescription))
