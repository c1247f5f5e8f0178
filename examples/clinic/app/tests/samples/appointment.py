"""Appointments to test with."""

import itertools
from datetime import date, timedelta
from typing import Any

from app.db.database import Database
from app.models import Appointment
from app.repositories.appointment import AppointmentRepository
from app.schemas.appointment import AppointmentCreate
from app.schemas.types import Id
from app.tests.people import ALICE, Person
from app.tests.samples.doctor import add_doctor
from app.tests.samples.patient import add_patient

numbers = itertools.count(1)


class WholeAppointment(AppointmentCreate):
    """An appointment with what no client sends."""

    booked_by_id: Id | None = ALICE.id


async def an_appointment(
    database: Database, owner: Person = ALICE, /, **changes: Any
) -> dict[str, Any]:
    """What somebody sends to create an appointment; no two are alike."""
    n = next(numbers)
    appointment = {
        "patient_id": str((await add_patient(database, owner)).id),
        "doctor_id": str((await add_doctor(database)).id),
        "starts_at": f"{date(2030, 1, 1) + timedelta(days=n)}T18:30:00Z",
        "minutes": 5,
        "state": "booked",
        "reason": f"Reason {n}",
    }
    return appointment | changes


async def add_appointment(
    database: Database, owner: Person = ALICE, /, **changes: Any
) -> Appointment:
    """Put an appointment into the database."""
    values = WholeAppointment.model_validate(
        await an_appointment(database, owner, **changes)
    ).model_dump()
    async with database.writes() as session:
        return await AppointmentRepository(session).save(Appointment(**values))
