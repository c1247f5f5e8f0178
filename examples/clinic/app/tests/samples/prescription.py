"""Prescriptions to test with."""

import itertools
from datetime import UTC, datetime
from typing import Any

from pydantic import Field

from app.db.database import Database
from app.models import Prescription
from app.repositories.prescription import PrescriptionRepository
from app.schemas.prescription import PrescriptionCreate
from app.schemas.types import Moment
from app.tests.people import ALICE, Person
from app.tests.samples.appointment import add_appointment

numbers = itertools.count(1)


class WholePrescription(PrescriptionCreate):
    """A prescription with what no client sends."""

    prescribed_at: Moment = Field(
        default_factory=lambda: datetime.now(UTC), description="Now, if left out."
    )


async def a_prescription(
    database: Database, owner: Person = ALICE, /, **changes: Any
) -> dict[str, Any]:
    """What somebody sends to create a prescription; no two are alike."""
    n = next(numbers)
    prescription = {
        "appointment_id": str((await add_appointment(database, owner)).id),
        "drug": f"Drug {n}",
        "daily_dose": "9.50",
        "fax_number": f"Fax number {n}",
    }
    return prescription | changes


async def add_prescription(
    database: Database, owner: Person = ALICE, /, **changes: Any
) -> Prescription:
    """Put a prescription into the database."""
    values = WholePrescription.model_validate(
        await a_prescription(database, owner, **changes)
    ).model_dump()
    async with database.writes() as session:
        return await PrescriptionRepository(session).save(Prescription(**values))
