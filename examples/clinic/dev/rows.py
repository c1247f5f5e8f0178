from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Appointment, Doctor, MedicalRecord, Patient, Prescription
from app.models.appointment import AppointmentState
from app.models.doctor import DoctorSpeciality
from app.models.medical_record import MedicalRecordBloodGroup
from app.tests.people import ADMIN, ALICE, BOB

DOCTORS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a001-000000000001"),
        "person_id": BOB.id,
        "title": "First doctor",
        "speciality": DoctorSpeciality.SKIN,
        "languages": ["First language", "Second language"],
        "licence": "First licence",
    },
    {
        "id": UUID("00000000-0000-7000-a001-000000000002"),
        "person_id": ALICE.id,
        "title": "Second doctor",
        "speciality": DoctorSpeciality.CHILDREN,
        "languages": ["Second language"],
        "licence": "Second licence",
    },
    {
        "id": UUID("00000000-0000-7000-a001-000000000003"),
        "person_id": ADMIN.id,
        "title": "Third doctor",
        "speciality": DoctorSpeciality.GENERAL,
        "languages": ["Third language"],
        "licence": "Third licence",
    },
]

PATIENTS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a002-000000000001"),
        "guardian_id": ALICE.id,
        "name": "First patient",
        "born_on": date(2026, 3, 14),
        "insurance_number": "First insurance number",
    },
    {
        "id": UUID("00000000-0000-7000-a002-000000000002"),
        "guardian_id": BOB.id,
        "name": "Second patient",
        "born_on": date(2025, 11, 2),
        "insurance_number": "Second insurance number",
    },
    {
        "id": UUID("00000000-0000-7000-a002-000000000003"),
        "guardian_id": ALICE.id,
        "name": "Third patient",
        "born_on": date(2024, 7, 29),
        "insurance_number": "Third insurance number",
    },
]

MEDICAL_RECORDS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a003-000000000001"),
        "patient_id": PATIENTS[0]["id"],
        "blood_group": MedicalRecordBloodGroup.AB,
        "allergies": ["First allergy", "Second allergy"],
        "remarks": "A few words, to begin with.",
    },
    {
        "id": UUID("00000000-0000-7000-a003-000000000002"),
        "patient_id": PATIENTS[1]["id"],
        "blood_group": MedicalRecordBloodGroup.B,
        "allergies": ["Second allergy"],
        "remarks": "Some more, for comparison.",
    },
    {
        "id": UUID("00000000-0000-7000-a003-000000000003"),
        "patient_id": PATIENTS[2]["id"],
        "blood_group": MedicalRecordBloodGroup.A,
        "allergies": ["Third allergy"],
        "remarks": "And that is all.",
    },
]

APPOINTMENTS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a004-000000000001"),
        "patient_id": PATIENTS[0]["id"],
        "doctor_id": DOCTORS[0]["id"],
        "booked_by_id": ALICE.id,
        "starts_at": datetime.fromisoformat("2026-03-14T09:30:00+00:00"),
        "minutes": 7,
        "state": AppointmentState.BOOKED,
        "reason": "A few words, to begin with.",
        "follows_id": None,
    },
    {
        "id": UUID("00000000-0000-7000-a004-000000000002"),
        "patient_id": PATIENTS[1]["id"],
        "doctor_id": DOCTORS[1]["id"],
        "booked_by_id": BOB.id,
        "starts_at": datetime.fromisoformat("2025-11-02T14:00:00+00:00"),
        "minutes": 6,
        "state": AppointmentState.ARRIVED,
        "reason": "Some more, for comparison.",
        "follows_id": UUID("00000000-0000-7000-a004-000000000001"),
    },
    {
        "id": UUID("00000000-0000-7000-a004-000000000003"),
        "patient_id": PATIENTS[2]["id"],
        "doctor_id": DOCTORS[2]["id"],
        "booked_by_id": ALICE.id,
        "starts_at": datetime.fromisoformat("2024-07-29T18:15:00+00:00"),
        "minutes": 5,
        "state": AppointmentState.BOOKED,
        "reason": "And that is all.",
        "follows_id": UUID("00000000-0000-7000-a004-000000000002"),
    },
]

PRESCRIPTIONS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a005-000000000001"),
        "appointment_id": APPOINTMENTS[0]["id"],
        "drug": "First drug",
        "daily_dose": Decimal("9.50"),
        "prescribed_at": datetime.fromisoformat("2026-03-14T09:30:00+00:00"),
        "fax_number": "First fax number",
    },
    {
        "id": UUID("00000000-0000-7000-a005-000000000002"),
        "appointment_id": APPOINTMENTS[1]["id"],
        "drug": "Second drug",
        "daily_dose": Decimal("14.00"),
        "prescribed_at": datetime.fromisoformat("2025-11-02T14:00:00+00:00"),
        "fax_number": "Second fax number",
    },
    {
        "id": UUID("00000000-0000-7000-a005-000000000003"),
        "appointment_id": APPOINTMENTS[2]["id"],
        "drug": "Third drug",
        "daily_dose": Decimal("24.90"),
        "prescribed_at": datetime.fromisoformat("2024-07-29T18:15:00+00:00"),
        "fax_number": "Third fax number",
    },
]


async def add_rows(session: AsyncSession) -> None:
    """Add a few rows of each resource, unless they are there."""
    for model, rows in (
        (Doctor, DOCTORS),
        (Patient, PATIENTS),
        (MedicalRecord, MEDICAL_RECORDS),
        (Appointment, APPOINTMENTS),
        (Prescription, PRESCRIPTIONS),
    ):
        await session.execute(insert(model).on_conflict_do_nothing(), rows)
        there = select(func.count()).where(model.id.in_([row["id"] for row in rows]))
        if await session.scalar(there) != len(rows):
            # Somebody's own rows are in the way, and what follows may refer to these.
            return
