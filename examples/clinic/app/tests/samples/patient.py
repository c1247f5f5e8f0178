"""Patients to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Patient
from app.repositories.patient import PatientRepository
from app.schemas.patient import PatientCreate
from app.tests.people import ALICE, Person

numbers = itertools.count(1)


def a_patient(**changes: Any) -> dict[str, Any]:
    """What somebody sends to create a patient; no two are alike."""
    n = next(numbers)
    patient = {
        "name": f"Name {n}",
        "born_on": "2030-12-31",
        "insurance_number": f"Insurance number {n}",
    }
    return patient | changes


async def add_patient(database: Database, owner: Person = ALICE, /, **changes: Any) -> Patient:
    """Put a patient into the database."""
    values = PatientCreate.model_validate(a_patient(**changes)).model_dump()
    async with database.writes() as session:
        return await PatientRepository(session).save(Patient(guardian_id=owner.id, **values))
