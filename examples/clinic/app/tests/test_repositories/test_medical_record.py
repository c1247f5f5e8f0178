from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import MedicalRecord
from app.repositories.medical_record import MedicalRecordRepository
from app.schemas.medical_record import MedicalRecordQuery
from app.tests.people import BOB, DOCTOR
from app.tests.queries import stored
from app.tests.samples.medical_record import a_medical_record, add_medical_record


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    medical_record = await add_medical_record(database, DOCTOR)

    async with database.writes() as session:
        medical_records = MedicalRecordRepository(session)
        assert await medical_records.get(MedicalRecord.id == medical_record.id, medical_record.id)
        assert await medical_records.lock(MedicalRecord.id == medical_record.id, medical_record.id)
        assert (
            await medical_records.page(MedicalRecord.id == medical_record.id, MedicalRecordQuery())
        ).items
        assert (
            await medical_records.get(MedicalRecord.id != medical_record.id, medical_record.id)
            is None
        )
        assert (
            await medical_records.lock(MedicalRecord.id != medical_record.id, medical_record.id)
            is None
        )
        assert (
            await medical_records.page(MedicalRecord.id != medical_record.id, MedicalRecordQuery())
        ).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"blood_group": "unheard_of"}, "ck_medical_records_blood_group"),
        ({"blood_group": "A"}, "ck_medical_records_blood_group"),
        ({"blood_group": ""}, "ck_medical_records_blood_group"),
        ({"allergies": [None]}, "ck_medical_records_allergies"),
        ({"allergies": ["A"] * 51}, "ck_medical_records_allergies"),
        ({"remarks": "x" * 10001}, "ck_medical_records_remarks"),
        ({"patient_id": uuid4()}, "fk_medical_records_patient_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    medical_record = await add_medical_record(database, DOCTOR)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await MedicalRecordRepository(session).change(medical_record, changes)

    assert violated_constraint(caught.value) == constraint


async def test_no_two_medical_records_share_patient(database: Database) -> None:
    same = {"patient_id": (await a_medical_record(database, DOCTOR))["patient_id"]}
    await add_medical_record(database, DOCTOR, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_medical_record(database, BOB, **same)

    assert violated_constraint(caught.value) == "uq_medical_records_patient_id"


async def test_a_removed_row_is_gone(database: Database) -> None:
    medical_record = await add_medical_record(database, DOCTOR)

    async with database.writes() as session:
        medical_records = MedicalRecordRepository(session)
        found = await medical_records.lock(EVERY, medical_record.id)
        assert found
        await medical_records.remove(found)

    assert await stored(database, medical_record) is None
