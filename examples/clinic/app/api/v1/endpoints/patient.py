from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import AskedPatients, Linked, Patients, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Patient
from app.schemas.patient import PatientCreate, PatientPage, PatientRead, PatientUpdate
from app.services.patient import PatientNotFound

router = APIRouter(prefix="/patients", tags=["patients"], route_class=Route)


@router.get("", response_model=PatientPage, responses=problems(CursorInvalid))
async def list_patients(
    actor: SignedIn, patients: Patients, asked: AskedPatients, links: Linked
) -> Page[Patient]:
    """List the patients that you may read, newest first."""
    return links.paged(await patients.page(actor, asked))


@router.post(
    "",
    response_model=PatientRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(),
)
async def create_patient(
    actor: SignedIn, patients: Patients, data: PatientCreate, links: Linked
) -> Patient:
    """Create a patient; you become its owner."""
    return links.created(await patients.create(actor, data))


@router.get("/{patient_id}", response_model=PatientRead, responses=problems(PatientNotFound))
async def get_patient(actor: SignedIn, patients: Patients, patient_id: UUID) -> Patient:
    """Show one patient."""
    return await patients.get(actor, patient_id)


@router.patch("/{patient_id}", response_model=PatientRead, responses=problems(PatientNotFound))
async def update_patient(
    actor: SignedIn, patients: Patients, patient_id: UUID, data: PatientUpdate
) -> Patient:
    """Change a patient; fields you leave out stay as they are."""
    return await patients.update(actor, patient_id, data)


@router.delete(
    "/{patient_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(PatientNotFound)
)
async def delete_patient(actor: SignedIn, patients: Patients, patient_id: UUID) -> None:
    """Delete a patient, and its medical records and appointments."""
    await patients.delete(actor, patient_id)


@router.post(
    "/{patient_id}/restore",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, PatientNotFound),
)
async def restore_patient(actor: SignedIn, patients: Patients, patient_id: UUID) -> None:
    """Restore a deleted patient."""
    await patients.restore(actor, patient_id)
