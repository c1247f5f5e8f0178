from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import AskedPrescriptions, Linked, Prescriptions, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Prescription
from app.schemas.prescription import PrescriptionCreate, PrescriptionPage, PrescriptionRead
from app.services.prescription import AppointmentMissing, PrescriptionNotFound

router = APIRouter(prefix="/prescriptions", tags=["prescriptions"], route_class=Route)


@router.get("", response_model=PrescriptionPage, responses=problems(CursorInvalid))
async def list_prescriptions(
    actor: SignedIn, prescriptions: Prescriptions, asked: AskedPrescriptions, links: Linked
) -> Page[Prescription]:
    """List the prescriptions that you may read, newest first."""
    return links.paged(await prescriptions.page(actor, asked))


@router.post(
    "",
    response_model=PrescriptionRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(Forbidden, AppointmentMissing),
)
async def create_prescription(
    actor: SignedIn, prescriptions: Prescriptions, data: PrescriptionCreate, links: Linked
) -> Prescription:
    """Create a prescription."""
    return links.created(await prescriptions.create(actor, data))


@router.get(
    "/{prescription_id}", response_model=PrescriptionRead, responses=problems(PrescriptionNotFound)
)
async def get_prescription(
    actor: SignedIn, prescriptions: Prescriptions, prescription_id: UUID
) -> Prescription:
    """Show one prescription."""
    return await prescriptions.get(actor, prescription_id)
