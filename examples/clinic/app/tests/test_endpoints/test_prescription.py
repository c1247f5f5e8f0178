import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.errors import AppError, Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.db.rows import EVERY
from app.models import Prescription
from app.repositories.appointment import AppointmentRepository
from app.services.prescription import AppointmentMissing, PrescriptionNotFound
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk
from app.tests.people import DOCTOR
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.appointment import add_appointment
from app.tests.samples.prescription import a_prescription, add_prescription
from app.tests.waiting import until_somebody_waits

PRESCRIPTIONS = "/api/v1/prescriptions"
NOWHERE = f"{PRESCRIPTIONS}/{NO_ID}"


def at(prescription: Prescription) -> str:
    return f"{PRESCRIPTIONS}/{prescription.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"), [("GET", PRESCRIPTIONS), ("POST", PRESCRIPTIONS), ("GET", NOWHERE)]
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_only_doctors_create_prescriptions(
    doctor: AsyncClient,
    alice: AsyncClient,
    reception: AsyncClient,
    admin: AsyncClient,
    database: Database,
) -> None:
    prescription = await add_prescription(database)
    sent = await a_prescription(database)
    before = (await doctor.get(at(prescription))).json()

    for person in (alice, reception, admin):
        assert_problem(await person.post(PRESCRIPTIONS, json=sent), Forbidden)
    assert (await doctor.get(PRESCRIPTIONS)).json()["items"] == [before]


async def test_a_prescription_is_invisible_to_other_people(
    bob: AsyncClient, reception: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    prescription = await add_prescription(database, DOCTOR)

    for person in (bob, reception, admin):
        assert_problem(await person.get(at(prescription)), PrescriptionNotFound)
        assert ids_of(await person.get(PRESCRIPTIONS)) == []


async def test_a_doctor_reads_and_creates_every_prescription(
    doctor: AsyncClient, database: Database
) -> None:
    prescription = await add_prescription(database)
    sent = await a_prescription(database, DOCTOR)

    assert (await doctor.get(at(prescription))).status_code == 200
    assert str(prescription.id) in ids_of(await doctor.get(PRESCRIPTIONS))
    assert (await doctor.post(PRESCRIPTIONS, json=sent)).status_code == 201


# Create, show, change, delete.


async def test_a_new_prescription_is_found_where_the_answer_says(
    doctor: AsyncClient, database: Database
) -> None:
    sent = await a_prescription(database, DOCTOR)

    made = await doctor.post(PRESCRIPTIONS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await doctor.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_is_null(doctor: AsyncClient, database: Database) -> None:
    missing = {"fax_number": None}
    sent = {
        key: value
        for key, value in (await a_prescription(database, DOCTOR)).items()
        if key not in missing
    }

    made = await doctor.post(PRESCRIPTIONS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["appointment_id", "drug", "daily_dose"])
async def test_what_is_required_is_asked_for(
    doctor: AsyncClient, database: Database, field: str
) -> None:
    sent = await a_prescription(database, DOCTOR)
    del sent[field]

    assert_invalid(await doctor.post(PRESCRIPTIONS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("drug", None),
        ("drug", 1),
        ("drug", ""),
        ("drug", "x" * 121),
        ("drug", "NUL \x00"),
        ("daily_dose", None),
        ("daily_dose", 9.5),
        ("daily_dose", "nine"),
        ("daily_dose", "1e3"),
        ("daily_dose", "0.00"),
        ("daily_dose", "99999"),
        ("daily_dose", "0.001"),
        ("fax_number", 1),
        ("fax_number", "x" * 21),
        ("fax_number", "NUL \x00"),
        ("appointment_id", None),
        ("appointment_id", "not-an-id"),
        ("prescribed_at", "2030-12-31T18:30:00Z"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    doctor: AsyncClient, database: Database, field: str, value: Any
) -> None:
    assert_invalid(
        await doctor.post(
            PRESCRIPTIONS, json=await a_prescription(database, DOCTOR, **{field: value})
        ),
        field,
    )


async def test_an_id_that_nothing_has_is_not_found(doctor: AsyncClient) -> None:
    assert_problem(await doctor.get(NOWHERE), PrescriptionNotFound)
    assert_invalid(await doctor.get(f"{PRESCRIPTIONS}/not-an-id"), "prescription_id")


@pytest.mark.parametrize(
    ("method", "path", "answer"), [("PATCH", NOWHERE, 405), ("DELETE", NOWHERE, 405)]
)
async def test_nothing_else_can_be_asked_for(
    doctor: AsyncClient, method: str, path: str, answer: int
) -> None:
    assert (await doctor.request(method, path, json={})).status_code == answer


@pytest.mark.parametrize(
    ("schema", "field"), [("PrescriptionCreate", "fax_number"), ("PrescriptionRead", "fax_number")]
)
def test_what_is_deprecated_is_told_to_be(whole_app: FastAPI, schema: str, field: str) -> None:
    schemas = whole_app.openapi()["components"]["schemas"]

    assert schemas[schema]["properties"][field]["deprecated"] is True


# Beside other rows.


@pytest.mark.parametrize(("column", "error"), [("appointment_id", AppointmentMissing)])
async def test_what_is_referred_to_has_to_exist(
    doctor: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await doctor.post(
        PRESCRIPTIONS, json=await a_prescription(database, DOCTOR, **nowhere)
    )
    assert_problem(refused, error)


async def test_a_prescription_takes_no_deleted_appointment(
    doctor: AsyncClient, database: Database
) -> None:
    deleted = {"appointment_id": str((await add_appointment(database, DOCTOR)).id)}
    there = f"/api/v1/appointments/{deleted['appointment_id']}"
    assert (await doctor.delete(there)).status_code == 204

    refused = await doctor.post(
        PRESCRIPTIONS, json=await a_prescription(database, DOCTOR, **deleted)
    )
    assert_problem(refused, AppointmentMissing)


async def test_a_prescription_waits_for_a_appointment_that_is_being_deleted(
    doctor: AsyncClient, database: Database
) -> None:
    going = {"appointment_id": str((await add_appointment(database, DOCTOR)).id)}
    sent = await a_prescription(database, DOCTOR, **going)

    async with database.writes() as session:
        rows = AppointmentRepository(session)
        found = await rows.lock(EVERY, UUID(going["appointment_id"]))
        assert found
        await rows.remove(found)
        creating = asyncio.create_task(doctor.post(PRESCRIPTIONS, json=sent))
        await until_somebody_waits(database)

    assert_problem(await creating, AppointmentMissing)


# Lists.


async def test_a_list_has_the_newest_first(doctor: AsyncClient, database: Database) -> None:
    prescriptions = [await add_prescription(database, DOCTOR) for _ in range(3)]

    ids = [str(prescription.id) for prescription in reversed(prescriptions)]
    assert ids_of(await doctor.get(PRESCRIPTIONS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    doctor: AsyncClient, database: Database, sort: str
) -> None:
    prescriptions = [await add_prescription(database, DOCTOR) for _ in range(5)]

    items = await walk(doctor, PRESCRIPTIONS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(prescriptions, sort)


async def test_a_list_can_be_of_one_appointment(doctor: AsyncClient, database: Database) -> None:
    prescription = await add_prescription(database, DOCTOR)
    there, nowhere = (
        {"appointment_id": str(prescription.appointment_id)},
        {"appointment_id": str(uuid4())},
    )

    assert ids_of(await doctor.get(PRESCRIPTIONS, params=there)) == [str(prescription.id)]
    assert ids_of(await doctor.get(PRESCRIPTIONS, params=nowhere)) == []


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "appointment_id"}, "sort"),
        ({"sort": "created_at; drop table prescriptions"}, "sort"),
        ({"appointment_id": "not-an-id"}, "appointment_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    doctor: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await doctor.get(PRESCRIPTIONS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    doctor: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_prescription(database, DOCTOR)
    cursor = (await doctor.get(PRESCRIPTIONS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await doctor.get(PRESCRIPTIONS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 5])
async def test_a_list_costs_one_query_however_long(
    doctor: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_prescription(database, DOCTOR)

    with counted(database) as statements:
        found = await doctor.get(PRESCRIPTIONS)

    assert len(ids_of(found)) == count
    # One more says who is calling.
    assert len(statements) == 2


async def test_one_row_costs_one_query(doctor: AsyncClient, database: Database) -> None:
    prescription = await add_prescription(database, DOCTOR)

    with counted(database) as statements:
        assert (await doctor.get(at(prescription))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
