from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import User
from app.repositories.patient import PatientRepository, owned_by
from app.schemas.patient import PatientQuery
from app.tests.people import ALICE, BOB, SOMEBODY_NEW
from app.tests.queries import stored
from app.tests.samples.patient import add_patient
from app.tests.seed import seed_people


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    patient = await add_patient(database)

    async with database.writes() as session:
        patients = PatientRepository(session)
        assert await patients.get(owned_by(ALICE.id), patient.id)
        assert await patients.lock(owned_by(ALICE.id), patient.id)
        assert (await patients.page(owned_by(ALICE.id), PatientQuery())).items
        assert await patients.get(owned_by(BOB.id), patient.id) is None
        assert await patients.lock(owned_by(BOB.id), patient.id) is None
        assert (await patients.page(owned_by(BOB.id), PatientQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"name": ""}, "ck_patients_name"),
        ({"insurance_number": "xxx"}, "ck_patients_insurance_number"),
        ({"guardian_id": uuid4()}, "fk_patients_guardian_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    patient = await add_patient(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await PatientRepository(session).change(patient, changes)

    assert violated_constraint(caught.value) == constraint


async def test_patients_keep_the_account_of_their_guardian(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    await add_patient(database, SOMEBODY_NEW)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    assert violated_constraint(caught.value) == "fk_patients_guardian_id"


async def test_a_removed_row_hides(database: Database) -> None:
    patient = await add_patient(database)

    async with database.writes() as session:
        patients = PatientRepository(session)
        found = await patients.lock(EVERY, patient.id)
        assert found
        await patients.remove(found)

        assert await patients.get(EVERY, patient.id) is None
        assert await patients.lock(EVERY, patient.id) is None
        assert not await patients.hold_all(EVERY, [patient.id])
        assert (await patients.page(EVERY, PatientQuery())).items == []
        assert await patients.lock_deleted(EVERY, patient.id)

    left = await stored(database, patient)
    assert left
    assert left.deleted_at
