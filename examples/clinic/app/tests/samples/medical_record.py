"""Medical records to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import MedicalRecord
from app.repositories.medical_record import MedicalRecordRepository
from app.schemas.medical_record import MedicalRecordCreate
from app.tests.people import ALICE, Person
from app.tests.samples.patient import add_patient

numbers = itertools.count(1)


async def a_medical_record(
    database: Database, owner: Person = ALICE, /, **changes: Any
) -> dict[str, Any]:
    """What somebody sends to create a medical record; no two are alike."""
    n = next(numbers)
    medical_record = {
        "patient_id": str((await add_patient(database, owner)).id),
        "blood_group": "a",
        "allergies": ["C", "B"],
        "remarks": f"Remarks {n}",
    }
    return medical_record | changes


async def add_medical_record(
    database: Database, owner: Person = ALICE, /, **changes: Any
) -> MedicalRecord:
    """Put a medical record into the database."""
    values = MedicalRecordCreate.model_validate(
        await a_medical_record(database, owner, **changes)
    ).model_dump()
    async with database.writes() as session:
        return await MedicalRecordRepository(session).save(MedicalRecord(**values))
