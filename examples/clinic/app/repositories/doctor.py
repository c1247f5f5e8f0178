from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from app.db.page import MOMENT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of, holding_any
from app.models import Appointment, Doctor
from app.repositories.base import Repository
from app.repositories.live import LIVE_APPOINTMENTS
from app.schemas.doctor import DoctorQuery, DoctorSort

SORT_KEYS = sort_keys(
    SortKey(DoctorSort.CREATED_AT, Doctor.created_at, MOMENT),
    SortKey(DoctorSort.CREATED_AT_DOWN, Doctor.created_at, MOMENT),
)


class DoctorRepository(Repository[Doctor]):
    """Every query about doctors; each says whose rows it may see."""

    model = Doctor
    read = select(Doctor).options(joinedload(Doctor.person, innerjoin=True))

    async def page(self, rows: Rows, asked: DoctorQuery) -> Page[Doctor]:
        query = self.read.where(
            rows,
            any_of(Doctor.person_id, asked.person_id),
            any_of(Doctor.speciality, asked.speciality),
            holding_any(Doctor.languages, asked.languages),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)

    async def remove(self, doctor: Doctor) -> None:
        """Delete a doctor, and the hidden rows that need it."""
        await self._session.execute(
            delete(Appointment).where(Appointment.doctor_id == doctor.id, ~LIVE_APPOINTMENTS)
        )
        await super().remove(doctor)
