"""Doctors to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Doctor
from app.repositories.doctor import DoctorRepository
from app.schemas.doctor import DoctorCreate
from app.tests.people import EVERYBODY

numbers = itertools.count(1)


def a_doctor(**changes: Any) -> dict[str, Any]:
    """What somebody sends to create a doctor; no two are alike."""
    n = next(numbers)
    row = {
        "person_id": str(EVERYBODY[n % len(EVERYBODY)].id),
        "title": f"Title {n}",
        "speciality": "general",
        "languages": ["C", "B"],
        "licence": f"Licence {n}",
    }
    return row | changes


async def add_doctor(database: Database, /, **changes: Any) -> Doctor:
    """Put a doctor into the database."""
    values = DoctorCreate.model_validate(a_doctor(**changes)).model_dump()
    async with database.writes() as session:
        return await DoctorRepository(session).save(Doctor(**values))
