from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.repositories.prescription import PrescriptionRepository, owned_by
from app.schemas.prescription import PrescriptionQuery
from app.tests.people import BOB, DOCTOR
from app.tests.queries import stored
from app.tests.samples.prescription import add_prescription


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    prescription = await add_prescription(database, DOCTOR)

    async with database.writes() as session:
        prescriptions = PrescriptionRepository(session)
        assert await prescriptions.get(owned_by(DOCTOR.id), prescription.id)
        assert await prescriptions.lock(owned_by(DOCTOR.id), prescription.id)
        assert (await prescriptions.page(owned_by(DOCTOR.id), PrescriptionQuery())).items
        assert await prescriptions.get(owned_by(BOB.id), prescription.id) is None
        assert await prescriptions.lock(owned_by(BOB.id), prescription.id) is None
        assert (await prescriptions.page(owned_by(BOB.id), PrescriptionQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"drug": ""}, "ck_prescriptions_drug"),
        ({"daily_dose": Decimal("0.00")}, "ck_prescriptions_daily_dose"),
        ({"appointment_id": uuid4()}, "fk_prescriptions_appointment_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    prescription = await add_prescription(database, DOCTOR)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await PrescriptionRepository(session).change(prescription, changes)

    assert violated_constraint(caught.value) == constraint


async def test_a_removed_row_is_gone(database: Database) -> None:
    prescription = await add_prescription(database, DOCTOR)

    async with database.writes() as session:
        prescriptions = PrescriptionRepository(session)
        found = await prescriptions.lock(EVERY, prescription.id)
        assert found
        await prescriptions.remove(found)

    assert await stored(database, prescription) is None
