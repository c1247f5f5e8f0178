from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import Doctor, User
from app.repositories.doctor import DoctorRepository
from app.schemas.doctor import DoctorQuery
from app.tests.people import SOMEBODY_NEW
from app.tests.queries import stored
from app.tests.samples.doctor import a_doctor, add_doctor
from app.tests.seed import seed_people


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    row = await add_doctor(database)

    async with database.writes() as session:
        doctors = DoctorRepository(session)
        assert await doctors.get(Doctor.id == row.id, row.id)
        assert await doctors.lock(Doctor.id == row.id, row.id)
        assert (await doctors.page(Doctor.id == row.id, DoctorQuery())).items
        assert await doctors.get(Doctor.id != row.id, row.id) is None
        assert await doctors.lock(Doctor.id != row.id, row.id) is None
        assert (await doctors.page(Doctor.id != row.id, DoctorQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"speciality": "unheard_of"}, "ck_doctors_speciality"),
        ({"speciality": "GENERAL"}, "ck_doctors_speciality"),
        ({"speciality": ""}, "ck_doctors_speciality"),
        ({"languages": [None]}, "ck_doctors_languages"),
        ({"languages": ["A"] * 11}, "ck_doctors_languages"),
        ({"languages": ["A"] * 0}, "ck_doctors_languages"),
        ({"licence": "xxx"}, "ck_doctors_licence"),
        ({"person_id": uuid4()}, "fk_doctors_person_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    row = await add_doctor(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await DoctorRepository(session).change(row, changes)

    assert violated_constraint(caught.value) == constraint


async def test_no_two_doctors_share_person(database: Database) -> None:
    same = {"person_id": a_doctor()["person_id"]}
    await add_doctor(database, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_doctor(database, **same)

    assert violated_constraint(caught.value) == "uq_doctors_person_id"


async def test_no_two_doctors_share_licence(database: Database) -> None:
    same = {"licence": a_doctor()["licence"]}
    await add_doctor(database, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_doctor(database, **same)

    assert violated_constraint(caught.value) == "uq_doctors_licence"


async def test_doctors_go_with_their_person(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    row = await add_doctor(database, person_id=str(SOMEBODY_NEW.id))

    async with database.writes() as session:
        await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    assert await stored(database, row) is None


async def test_a_removed_row_is_gone(database: Database) -> None:
    row = await add_doctor(database)

    async with database.writes() as session:
        doctors = DoctorRepository(session)
        found = await doctors.lock(EVERY, row.id)
        assert found
        await doctors.remove(found)

    assert await stored(database, row) is None
