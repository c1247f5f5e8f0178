import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.db.rows import EVERY
from app.models import MedicalRecord
from app.repositories.patient import PatientRepository
from app.services.medical_record import MedicalRecordNotFound, PatientMissing, PatientTaken
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk
from app.tests.people import BOB, DOCTOR
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.medical_record import a_medical_record, add_medical_record
from app.tests.samples.patient import add_patient
from app.tests.waiting import until_somebody_waits

MEDICAL_RECORDS = "/api/v1/medical-records"
NOWHERE = f"{MEDICAL_RECORDS}/{NO_ID}"


def at(medical_record: MedicalRecord) -> str:
    return f"{MEDICAL_RECORDS}/{medical_record.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", MEDICAL_RECORDS),
        ("POST", MEDICAL_RECORDS),
        ("GET", NOWHERE),
        ("PATCH", NOWHERE),
        ("DELETE", NOWHERE),
    ],
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_only_doctors_read_and_write_medical_records(
    doctor: AsyncClient,
    alice: AsyncClient,
    reception: AsyncClient,
    admin: AsyncClient,
    database: Database,
) -> None:
    medical_record = await add_medical_record(database)
    sent = await a_medical_record(database)
    before = (await doctor.get(at(medical_record))).json()

    for person in (alice, reception, admin):
        assert_problem(await person.get(MEDICAL_RECORDS), Forbidden)
        assert_problem(await person.get(at(medical_record)), Forbidden)
        assert_problem(await person.post(MEDICAL_RECORDS, json=sent), Forbidden)
        assert_problem(
            await person.patch(at(medical_record), json={"blood_group": "ab"}), Forbidden
        )
        assert_problem(await person.delete(at(medical_record)), Forbidden)
    assert (await doctor.get(MEDICAL_RECORDS)).json()["items"] == [before]


async def test_a_doctor_reads_creates_changes_and_deletes_every_medical_record(
    doctor: AsyncClient, database: Database
) -> None:
    medical_record = await add_medical_record(database)
    sent = await a_medical_record(database, DOCTOR)

    assert (await doctor.get(at(medical_record))).status_code == 200
    assert str(medical_record.id) in ids_of(await doctor.get(MEDICAL_RECORDS))
    assert (await doctor.post(MEDICAL_RECORDS, json=sent)).status_code == 201
    assert (await doctor.patch(at(medical_record), json={})).status_code == 200
    assert (await doctor.delete(at(medical_record))).status_code == 204


# Create, show, change, delete.


async def test_a_new_medical_record_is_found_where_the_answer_says(
    doctor: AsyncClient, database: Database
) -> None:
    sent = await a_medical_record(database, DOCTOR)

    made = await doctor.post(MEDICAL_RECORDS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await doctor.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_has_its_default_or_is_null(
    doctor: AsyncClient, database: Database
) -> None:
    missing: dict[str, Any] = {"blood_group": None, "allergies": [], "remarks": None}
    sent = {
        key: value
        for key, value in (await a_medical_record(database, DOCTOR)).items()
        if key not in missing
    }

    made = await doctor.post(MEDICAL_RECORDS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["patient_id"])
async def test_what_is_required_is_asked_for(
    doctor: AsyncClient, database: Database, field: str
) -> None:
    sent = await a_medical_record(database, DOCTOR)
    del sent[field]

    assert_invalid(await doctor.post(MEDICAL_RECORDS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("blood_group", "unheard_of"),
        ("blood_group", "A"),
        ("blood_group", ""),
        ("blood_group", 1),
        ("allergies", None),
        ("allergies", "A"),
        ("allergies", {"0": "A"}),
        ("allergies", [None]),
        ("allergies", [1]),
        ("allergies", ["x" * 256]),
        ("allergies", ["NUL \x00"]),
        ("allergies", ["A"] * 51),
        ("remarks", 1),
        ("remarks", "x" * 10001),
        ("remarks", "NUL \x00"),
        ("patient_id", None),
        ("patient_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    doctor: AsyncClient, database: Database, field: str, value: Any
) -> None:
    medical_record = await add_medical_record(database, DOCTOR)

    assert_invalid(
        await doctor.post(
            MEDICAL_RECORDS, json=await a_medical_record(database, DOCTOR, **{field: value})
        ),
        field,
    )
    assert_invalid(await doctor.patch(at(medical_record), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("blood_group", "a", "b"),
        ("blood_group", "a", None),
        ("allergies", ["C", "B"], ["B", "A"]),
        ("remarks", "A", "B"),
        ("remarks", "A", None),
    ],
)
async def test_a_change_leaves_the_rest_as_it_was(
    doctor: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    medical_record = await add_medical_record(database, DOCTOR, **{field: old})
    before = (await doctor.get(at(medical_record))).json()

    changed = await doctor.patch(at(medical_record), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await doctor.get(at(medical_record))).json() == after


async def test_a_change_of_nothing_changes_nothing(doctor: AsyncClient, database: Database) -> None:
    medical_record = await add_medical_record(database, DOCTOR)
    before = (await doctor.get(at(medical_record))).json()

    assert (await doctor.patch(at(medical_record), json={})).json() == before


async def test_a_deleted_medical_record_is_gone(doctor: AsyncClient, database: Database) -> None:
    medical_record = await add_medical_record(database, DOCTOR)

    assert (await doctor.delete(at(medical_record))).status_code == 204
    assert_problem(await doctor.get(at(medical_record)), MedicalRecordNotFound)
    assert_problem(await doctor.patch(at(medical_record), json={}), MedicalRecordNotFound)
    assert_problem(await doctor.delete(at(medical_record)), MedicalRecordNotFound)


async def test_an_id_that_nothing_has_is_not_found(doctor: AsyncClient) -> None:
    assert_problem(await doctor.get(NOWHERE), MedicalRecordNotFound)
    assert_invalid(await doctor.get(f"{MEDICAL_RECORDS}/not-an-id"), "medical_record_id")


# Beside other rows.


async def test_no_two_medical_records_share_patient(
    doctor: AsyncClient, database: Database
) -> None:
    medical_record = await add_medical_record(database, DOCTOR)
    same = {"patient_id": (await a_medical_record(database, DOCTOR))["patient_id"]}
    await add_medical_record(database, BOB, **same)

    refused = await doctor.post(
        MEDICAL_RECORDS, json=await a_medical_record(database, DOCTOR, **same)
    )
    assert_problem(refused, PatientTaken)
    assert_problem(await doctor.patch(at(medical_record), json=same), PatientTaken)


@pytest.mark.parametrize(("column", "error"), [("patient_id", PatientMissing)])
async def test_what_is_referred_to_has_to_exist(
    doctor: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await doctor.post(
        MEDICAL_RECORDS, json=await a_medical_record(database, DOCTOR, **nowhere)
    )
    assert_problem(refused, error)
    medical_record = await add_medical_record(database, DOCTOR)
    assert_problem(await doctor.patch(at(medical_record), json=nowhere), error)


async def test_a_medical_record_takes_no_deleted_patient(
    doctor: AsyncClient, database: Database
) -> None:
    deleted = {"patient_id": str((await add_patient(database, DOCTOR)).id)}
    there = f"/api/v1/patients/{deleted['patient_id']}"
    assert (await doctor.delete(there)).status_code == 204

    refused = await doctor.post(
        MEDICAL_RECORDS, json=await a_medical_record(database, DOCTOR, **deleted)
    )
    assert_problem(refused, PatientMissing)
    medical_record = await add_medical_record(database, DOCTOR)
    assert_problem(await doctor.patch(at(medical_record), json=deleted), PatientMissing)


async def test_a_medical_record_waits_for_a_patient_that_is_being_deleted(
    doctor: AsyncClient, database: Database
) -> None:
    going = {"patient_id": str((await add_patient(database, DOCTOR)).id)}
    sent = await a_medical_record(database, DOCTOR, **going)

    async with database.writes() as session:
        rows = PatientRepository(session)
        found = await rows.lock(EVERY, UUID(going["patient_id"]))
        assert found
        await rows.remove(found)
        creating = asyncio.create_task(doctor.post(MEDICAL_RECORDS, json=sent))
        await until_somebody_waits(database)

    assert_problem(await creating, PatientMissing)


# Lists.


async def test_a_list_has_the_newest_first(doctor: AsyncClient, database: Database) -> None:
    medical_records = [await add_medical_record(database, DOCTOR) for _ in range(3)]

    ids = [str(medical_record.id) for medical_record in reversed(medical_records)]
    assert ids_of(await doctor.get(MEDICAL_RECORDS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    doctor: AsyncClient, database: Database, sort: str
) -> None:
    medical_records = [await add_medical_record(database, DOCTOR) for _ in range(5)]

    items = await walk(doctor, MEDICAL_RECORDS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(medical_records, sort)


async def test_a_list_can_be_of_one_patient(doctor: AsyncClient, database: Database) -> None:
    medical_record = await add_medical_record(database, DOCTOR)
    there, nowhere = {"patient_id": str(medical_record.patient_id)}, {"patient_id": str(uuid4())}

    assert ids_of(await doctor.get(MEDICAL_RECORDS, params=there)) == [str(medical_record.id)]
    assert ids_of(await doctor.get(MEDICAL_RECORDS, params=nowhere)) == []


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "patient_id"}, "sort"),
        ({"sort": "created_at; drop table medical_records"}, "sort"),
        ({"patient_id": "not-an-id"}, "patient_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    doctor: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await doctor.get(MEDICAL_RECORDS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    doctor: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_medical_record(database, DOCTOR)
    cursor = (await doctor.get(MEDICAL_RECORDS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await doctor.get(MEDICAL_RECORDS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    doctor: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_medical_record(database, DOCTOR)

    with counted(database) as statements:
        found = await doctor.get(MEDICAL_RECORDS)

    assert len(ids_of(found)) == min(count, 20)
    # One more says who is calling.
    assert len(statements) == 2


async def test_one_row_costs_one_query(doctor: AsyncClient, database: Database) -> None:
    medical_record = await add_medical_record(database, DOCTOR)

    with counted(database) as statements:
        assert (await doctor.get(at(medical_record))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
