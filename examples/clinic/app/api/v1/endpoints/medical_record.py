from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import AskedMedicalRecords, Linked, MedicalRecords, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import MedicalRecord
from app.schemas.medical_record import (
    MedicalRecordCreate,
    MedicalRecordPage,
    MedicalRecordRead,
    MedicalRecordUpdate,
)
from app.services.medical_record import MedicalRecordNotFound, PatientMissing, PatientTaken

router = APIRouter(prefix="/medical-records", tags=["medical-records"], route_class=Route)


@router.get("", response_model=MedicalRecordPage, responses=problems(Forbidden, CursorInvalid))
async def list_medical_records(
    actor: SignedIn, medical_records: MedicalRecords, asked: AskedMedicalRecords, links: Linked
) -> Page[MedicalRecord]:
    """List the medical records that you may read, newest first."""
    return links.paged(await medical_records.page(actor, asked))


@router.post(
    "",
    response_model=MedicalRecordRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(Forbidden, PatientTaken, PatientMissing),
)
async def create_medical_record(
    actor: SignedIn, medical_records: MedicalRecords, data: MedicalRecordCreate, links: Linked
) -> MedicalRecord:
    """Create a medical record."""
    return links.created(await medical_records.create(actor, data))


@router.get(
    "/{medical_record_id}",
    response_model=MedicalRecordRead,
    responses=problems(Forbidden, MedicalRecordNotFound),
)
async def get_medical_record(
    actor: SignedIn, medical_records: MedicalRecords, medical_record_id: UUID
) -> MedicalRecord:
    """Show one medical record."""
    return await medical_records.get(actor, medical_record_id)


@router.patch(
    "/{medical_record_id}",
    response_model=MedicalRecordRead,
    responses=problems(Forbidden, MedicalRecordNotFound, PatientTaken, PatientMissing),
)
async def update_medical_record(
    actor: SignedIn,
    medical_records: MedicalRecords,
    medical_record_id: UUID,
    data: MedicalRecordUpdate,
) -> MedicalRecord:
    """Change a medical record; fields you leave out stay as they are."""
    return await medical_records.update(actor, medical_record_id, data)


@router.delete(
    "/{medical_record_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, MedicalRecordNotFound),
)
async def delete_medical_record(
    actor: SignedIn, medical_records: MedicalRecords, medical_record_id: UUID
) -> None:
    """Delete a medical record."""
    await medical_records.delete(actor, medical_record_id)
