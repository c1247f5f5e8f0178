from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, with_expression

from app.db.page import MOMENT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of, at_least, at_most, missing
from app.models import Appointment, Patient
from app.models.appointment import AppointmentState
from app.repositories.hiding import SoftRepository
from app.repositories.live import APPOINTMENT_FOLLOWS_ID, LIVE_APPOINTMENTS, LIVE_PATIENTS
from app.schemas.appointment import AppointmentQuery, AppointmentSort

BOOKED: Rows = Appointment.state == AppointmentState.BOOKED
SORT_KEYS = sort_keys(
    SortKey(AppointmentSort.CREATED_AT, Appointment.created_at, MOMENT),
    SortKey(AppointmentSort.CREATED_AT_DOWN, Appointment.created_at, MOMENT),
    SortKey(AppointmentSort.STARTS_AT, Appointment.starts_at, MOMENT),
    SortKey(AppointmentSort.STARTS_AT_DOWN, Appointment.starts_at, MOMENT),
)


def owned_by(user_id: UUID) -> Rows:
    return Appointment.patient_id.in_(select(Patient.id).where(Patient.guardian_id == user_id))


class AppointmentRepository(SoftRepository[Appointment]):
    """Every query about appointments; each says whose rows it may see."""

    model = Appointment
    live = LIVE_APPOINTMENTS
    read = (
        select(Appointment)
        .where(LIVE_APPOINTMENTS)
        .options(
            joinedload(Appointment.doctor, innerjoin=True),
            with_expression(Appointment.shown_follows_id, APPOINTMENT_FOLLOWS_ID),
        )
    )

    async def page(self, rows: Rows, asked: AppointmentQuery) -> Page[Appointment]:
        query = self.read.where(
            rows,
            any_of(Appointment.patient_id, asked.patient_id),
            any_of(Appointment.doctor_id, asked.doctor_id),
            any_of(Appointment.booked_by_id, asked.booked_by_id),
            missing(Appointment.booked_by_id, asked.booked_by_id_isnull),
            any_of(Appointment.starts_at, asked.starts_at),
            at_least(Appointment.starts_at, asked.starts_at_gte),
            at_most(Appointment.starts_at, asked.starts_at_lte),
            any_of(Appointment.state, asked.state),
            any_of(Appointment.follows_id, asked.follows_id),
            any_of(APPOINTMENT_FOLLOWS_ID, asked.follows_id),
            missing(APPOINTMENT_FOLLOWS_ID, asked.follows_id_isnull),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)

    async def is_whole(self, appointment: Appointment) -> bool:
        """Whether all is there that an appointment needs to come back."""
        return not (await self._hides(Patient, LIVE_PATIENTS, [appointment.patient_id]))
