from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Patient
from app.repositories.patient import PatientRepository, owned_by
from app.schemas.patient import PatientCreate, PatientQuery, PatientUpdate
from app.services.base import existing


class PatientNotFound(NotFound):
    code = "PATIENT_NOT_FOUND"
    error = "There is no such patient."
    detail = "It may be gone, or not be yours to see or change."


def readable(actor: Actor) -> Rows:
    """Owners read their own patients, receptions and doctors any."""
    return EVERY if actor.has(Role.RECEPTION, Role.DOCTOR) else owned_by(actor.id)


def changeable(actor: Actor) -> Rows:
    """Owners change their own patients, receptions any."""
    return EVERY if actor.has(Role.RECEPTION) else owned_by(actor.id)


def deletable(actor: Actor) -> Rows:
    """Owners delete their own patients, receptions any."""
    return EVERY if actor.has(Role.RECEPTION) else owned_by(actor.id)


def restorable(actor: Actor) -> Rows:
    """Administrators restore every patient."""
    actor.require(Role.ADMIN)
    return EVERY


class PatientService:
    """What people may do with patients."""

    def __init__(self, patients: PatientRepository) -> None:
        self._patients = patients

    async def page(self, actor: Actor, asked: PatientQuery) -> Page[Patient]:
        return await self._patients.page(readable(actor), asked)

    async def get(self, actor: Actor, patient_id: UUID) -> Patient:
        found = await self._patients.get(readable(actor), patient_id)
        return existing(found, PatientNotFound)

    async def create(self, actor: Actor, data: PatientCreate) -> Patient:
        patient = Patient(guardian_id=actor.id, **data.model_dump())
        return await self._patients.shown(await self._patients.save(patient))

    async def update(self, actor: Actor, patient_id: UUID, data: PatientUpdate) -> Patient:
        found = await self._patients.lock(changeable(actor), patient_id)
        patient = existing(found, PatientNotFound)
        await self._patients.change(patient, data.model_dump(exclude_unset=True))
        return await self._patients.shown(patient)

    async def delete(self, actor: Actor, patient_id: UUID) -> None:
        found = await self._patients.lock(deletable(actor), patient_id)
        await self._patients.remove(existing(found, PatientNotFound))

    async def restore(self, actor: Actor, patient_id: UUID) -> None:
        found = await self._patients.lock_deleted(restorable(actor), patient_id)
        patient = existing(found, PatientNotFound)
        await self._patients.restore(patient)
