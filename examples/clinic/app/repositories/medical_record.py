from sqlalchemy import select

from app.db.page import MOMENT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of
from app.models import MedicalRecord
from app.repositories.hiding import HidingRepository
from app.repositories.live import LIVE_MEDICAL_RECORDS
from app.schemas.medical_record import MedicalRecordQuery, MedicalRecordSort

SORT_KEYS = sort_keys(
    SortKey(MedicalRecordSort.CREATED_AT, MedicalRecord.created_at, MOMENT),
    SortKey(MedicalRecordSort.CREATED_AT_DOWN, MedicalRecord.created_at, MOMENT),
)


class MedicalRecordRepository(HidingRepository[MedicalRecord]):
    """Every query about medical records; each says whose rows it may see."""

    model = MedicalRecord
    live = LIVE_MEDICAL_RECORDS
    read = select(MedicalRecord).where(LIVE_MEDICAL_RECORDS)

    async def page(self, rows: Rows, asked: MedicalRecordQuery) -> Page[MedicalRecord]:
        query = self.read.where(rows, any_of(MedicalRecord.patient_id, asked.patient_id))
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
