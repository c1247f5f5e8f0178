from uuid import UUID

from sqlalchemy import select

from app.db.page import MOMENT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of
from app.models import Appointment, Patient, Prescription
from app.repositories.hiding import HidingRepository
from app.repositories.live import LIVE_PRESCRIPTIONS
from app.schemas.prescription import PrescriptionQuery, PrescriptionSort

SORT_KEYS = sort_keys(
    SortKey(PrescriptionSort.CREATED_AT, Prescription.created_at, MOMENT),
    SortKey(PrescriptionSort.CREATED_AT_DOWN, Prescription.created_at, MOMENT),
)


def owned_by(user_id: UUID) -> Rows:
    return Prescription.appointment_id.in_(
        select(Appointment.id).where(
            Appointment.patient_id.in_(select(Patient.id).where(Patient.guardian_id == user_id))
        )
    )


class PrescriptionRepository(HidingRepository[Prescription]):
    """Every query about prescriptions; each says whose rows it may see."""

    model = Prescription
    live = LIVE_PRESCRIPTIONS
    read = select(Prescription).where(LIVE_PRESCRIPTIONS)

    async def page(self, rows: Rows, asked: PrescriptionQuery) -> Page[Prescription]:
        query = self.read.where(rows, any_of(Prescription.appointment_id, asked.appointment_id))
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
