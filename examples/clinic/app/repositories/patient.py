from uuid import UUID

from sqlalchemy import select

from app.db.page import MOMENT, TEXT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of, matching
from app.models import Patient
from app.repositories.hiding import SoftRepository
from app.repositories.live import LIVE_PATIENTS
from app.schemas.patient import PatientQuery, PatientSort

SORT_KEYS = sort_keys(
    SortKey(PatientSort.CREATED_AT, Patient.created_at, MOMENT),
    SortKey(PatientSort.CREATED_AT_DOWN, Patient.created_at, MOMENT),
    SortKey(PatientSort.NAME, Patient.name, TEXT),
    SortKey(PatientSort.NAME_DOWN, Patient.name, TEXT),
)


def owned_by(user_id: UUID) -> Rows:
    return Patient.guardian_id == user_id


class PatientRepository(SoftRepository[Patient]):
    """Every query about patients; each says whose rows it may see."""

    model = Patient
    live = LIVE_PATIENTS
    read = select(Patient).where(LIVE_PATIENTS)

    async def page(self, rows: Rows, asked: PatientQuery) -> Page[Patient]:
        query = self.read.where(
            rows, matching(Patient.search, asked.q), any_of(Patient.guardian_id, asked.guardian_id)
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
