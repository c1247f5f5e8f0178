from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import User
from app.repositories.appointment import AppointmentRepository, owned_by
from app.schemas.appointment import AppointmentQuery
from app.tests.people import ALICE, BOB, SOMEBODY_NEW
from app.tests.queries import stored
from app.tests.samples.appointment import add_appointment, an_appointment
from app.tests.seed import seed_people


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    appointment = await add_appointment(database)

    async with database.writes() as session:
        appointments = AppointmentRepository(session)
        assert await appointments.get(owned_by(ALICE.id), appointment.id)
        assert await appointments.lock(owned_by(ALICE.id), appointment.id)
        assert (await appointments.page(owned_by(ALICE.id), AppointmentQuery())).items
        assert await appointments.get(owned_by(BOB.id), appointment.id) is None
        assert await appointments.lock(owned_by(BOB.id), appointment.id) is None
        assert (await appointments.page(owned_by(BOB.id), AppointmentQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"minutes": 4}, "ck_appointments_minutes"),
        ({"minutes": 241}, "ck_appointments_minutes"),
        ({"state": "unheard_of"}, "ck_appointments_state"),
        ({"state": "BOOKED"}, "ck_appointments_state"),
        ({"state": ""}, "ck_appointments_state"),
        ({"reason": ""}, "ck_appointments_reason"),
        ({"reason": "x" * 1001}, "ck_appointments_reason"),
        ({"patient_id": uuid4()}, "fk_appointments_patient_id"),
        ({"doctor_id": uuid4()}, "fk_appointments_doctor_id"),
        ({"booked_by_id": uuid4()}, "fk_appointments_booked_by_id"),
        ({"follows_id": uuid4()}, "fk_appointments_follows_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    appointment = await add_appointment(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await AppointmentRepository(session).change(appointment, changes)

    assert violated_constraint(caught.value) == constraint


async def test_no_two_appointments_share_doctor_and_starts_at(database: Database) -> None:
    body = await an_appointment(database)
    same = {"doctor_id": body["doctor_id"], "starts_at": body["starts_at"]}
    await add_appointment(database, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_appointment(database, BOB, **same)

    assert violated_constraint(caught.value) == "uq_appointments_doctor_id_starts_at"


async def test_appointments_outlive_their_booked_by(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    appointment = await add_appointment(database, booked_by_id=str(SOMEBODY_NEW.id))

    async with database.writes() as session:
        await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    left = await stored(database, appointment)
    assert left
    assert left.booked_by_id is None


async def test_a_removed_row_hides(database: Database) -> None:
    appointment = await add_appointment(database)

    async with database.writes() as session:
        appointments = AppointmentRepository(session)
        found = await appointments.lock(EVERY, appointment.id)
        assert found
        await appointments.remove(found)

        assert await appointments.get(EVERY, appointment.id) is None
        assert await appointments.lock(EVERY, appointment.id) is None
        assert not await appointments.hold_all(EVERY, [appointment.id])
        assert (await appointments.page(EVERY, AppointmentQuery())).items == []
        assert await appointments.lock_deleted(EVERY, appointment.id)

    left = await stored(database, appointment)
    assert left
    assert left.deleted_at
