from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import MedicalRecord
from app.repositories.medical_record import MedicalRecordRepository
from app.schemas.medical_record import MedicalRecordCreate, MedicalRecordQuery, MedicalRecordUpdate
from app.services.base import Lookup, existing


class MedicalRecordNotFound(NotFound):
    code = "MEDICAL_RECORD_NOT_FOUND"
    error = "There is no such medical record."
    detail = "It may be gone, or not be yours to see or change."


class PatientTaken(Conflict):
    code = "MEDICAL_RECORD_PATIENT_TAKEN"
    error = "A medical record for this patient exists."
    detail = "Change the one that exists instead."
    constraint = "uq_medical_records_patient_id"


class PatientMissing(Conflict):
    code = "MEDICAL_RECORD_PATIENT_MISSING"
    error = "There is no such patient."
    detail = "Send the id of a patient that exists."
    constraint = "fk_medical_records_patient_id"


def readable(actor: Actor) -> Rows:
    """Doctors read every medical record."""
    actor.require(Role.DOCTOR)
    return EVERY


def creatable(actor: Actor) -> None:
    """Doctors create medical records."""
    actor.require(Role.DOCTOR)


def changeable(actor: Actor) -> Rows:
    """Doctors change every medical record."""
    actor.require(Role.DOCTOR)
    return EVERY


def deletable(actor: Actor) -> Rows:
    """Doctors delete every medical record."""
    actor.require(Role.DOCTOR)
    return EVERY


class MedicalRecordService:
    """What people may do with medical records."""

    def __init__(self, medical_records: MedicalRecordRepository, patients: Lookup) -> None:
        self._medical_records = medical_records
        self._patients = patients

    async def page(self, actor: Actor, asked: MedicalRecordQuery) -> Page[MedicalRecord]:
        return await self._medical_records.page(readable(actor), asked)

    async def get(self, actor: Actor, medical_record_id: UUID) -> MedicalRecord:
        found = await self._medical_records.get(readable(actor), medical_record_id)
        return existing(found, MedicalRecordNotFound)

    async def create(self, actor: Actor, data: MedicalRecordCreate) -> MedicalRecord:
        creatable(actor)
        await self._patients.check(actor, data.patient_id, PatientMissing)
        medical_record = MedicalRecord(**data.model_dump())
        return await self._medical_records.shown(await self._medical_records.save(medical_record))

    async def update(
        self, actor: Actor, medical_record_id: UUID, data: MedicalRecordUpdate
    ) -> MedicalRecord:
        found = await self._medical_records.lock(changeable(actor), medical_record_id)
        medical_record = existing(found, MedicalRecordNotFound)
        if "patient_id" in data.model_fields_set and data.patient_id != medical_record.patient_id:
            await self._patients.check(actor, data.patient_id, PatientMissing)
        await self._medical_records.change(medical_record, data.model_dump(exclude_unset=True))
        return await self._medical_records.shown(medical_record)

    async def delete(self, actor: Actor, medical_record_id: UUID) -> None:
        found = await self._medical_records.lock(deletable(actor), medical_record_id)
        await self._medical_records.remove(existing(found, MedicalRecordNotFound))
