from typing import Any

import pytest
from httpx import AsyncClient
from pydantic_core import to_jsonable_python
from sqlalchemy import select

from app.core.errors import Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Patient
from app.schemas.patient import PatientCreate, PatientUpdate
from app.services.patient import PatientNotFound
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ALICE, BOB
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.appointment import add_appointment
from app.tests.samples.medical_record import add_medical_record
from app.tests.samples.patient import a_patient, add_patient

PATIENTS = "/api/v1/patients"
NOWHERE = f"{PATIENTS}/{NO_ID}"


def at(patient: Patient) -> str:
    return f"{PATIENTS}/{patient.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", PATIENTS),
        ("POST", PATIENTS),
        ("GET", NOWHERE),
        ("PATCH", NOWHERE),
        ("DELETE", NOWHERE),
        ("POST", f"{NOWHERE}/restore"),
    ],
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_a_patient_is_invisible_to_other_people(
    bob: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    patient = await add_patient(database)

    for person in (bob, admin):
        assert_problem(await person.get(at(patient)), PatientNotFound)
        assert ids_of(await person.get(PATIENTS)) == []
        assert ids_of(await person.get(PATIENTS, params={"guardian_id": str(ALICE.id)})) == []


async def test_nobody_changes_or_deletes_a_patient_of_somebody_else(
    alice: AsyncClient,
    bob: AsyncClient,
    doctor: AsyncClient,
    admin: AsyncClient,
    database: Database,
) -> None:
    patient = await add_patient(database)
    before = (await alice.get(at(patient))).json()

    for person in (bob, doctor, admin):
        assert_problem(await person.patch(at(patient), json={"name": "C"}), PatientNotFound)
        assert_problem(await person.delete(at(patient)), PatientNotFound)
    assert (await alice.get(at(patient))).json() == before


async def test_a_reception_reads_changes_and_deletes_every_patient(
    reception: AsyncClient, database: Database
) -> None:
    patient = await add_patient(database)

    assert (await reception.get(at(patient))).status_code == 200
    assert str(patient.id) in ids_of(await reception.get(PATIENTS))
    assert (await reception.patch(at(patient), json={})).status_code == 200
    assert (await reception.delete(at(patient))).status_code == 204


async def test_a_doctor_reads_every_patient(doctor: AsyncClient, database: Database) -> None:
    patient = await add_patient(database)

    assert (await doctor.get(at(patient))).status_code == 200
    assert str(patient.id) in ids_of(await doctor.get(PATIENTS))


async def test_a_patient_belongs_to_who_made_it(alice: AsyncClient) -> None:
    theirs = {"guardian_id": str(BOB.id)}

    made = await alice.post(PATIENTS, json=a_patient())

    assert made.json()["guardian_id"] == str(ALICE.id)
    assert_invalid(await alice.post(PATIENTS, json=a_patient(**theirs)), "guardian_id")
    path = made.headers["location"]
    assert_invalid(await alice.patch(path, json=theirs), "guardian_id")
    assert (await alice.get(path)).json()["guardian_id"] == str(ALICE.id)


# Create, show, change, delete.


async def test_a_new_patient_is_found_where_the_answer_says(alice: AsyncClient) -> None:
    sent = a_patient()

    made = await alice.post(PATIENTS, json=sent)

    assert made.status_code == 201
    del sent["insurance_number"]
    assert made.json().items() >= sent.items()
    found = await alice.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


@pytest.mark.parametrize("field", ["name", "born_on"])
async def test_what_is_required_is_asked_for(alice: AsyncClient, field: str) -> None:
    sent = a_patient()
    del sent[field]

    assert_invalid(await alice.post(PATIENTS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", None),
        ("name", 1),
        ("name", ""),
        ("name", "x" * 121),
        ("name", "NUL \x00"),
        ("born_on", None),
        ("born_on", "tomorrow"),
        ("born_on", 20301231),
        ("born_on", "0001-01-01"),
        ("insurance_number", 1),
        ("insurance_number", "xxx"),
        ("insurance_number", "x" * 31),
        ("insurance_number", "NUL \x00"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    alice: AsyncClient, database: Database, field: str, value: Any
) -> None:
    patient = await add_patient(database)

    assert_invalid(await alice.post(PATIENTS, json=a_patient(**{field: value})), field)
    assert_invalid(await alice.patch(at(patient), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"), [("name", "A", "B"), ("born_on", "2030-01-01", "2030-01-02")]
)
async def test_a_change_leaves_the_rest_as_it_was(
    alice: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    patient = await add_patient(database, **{field: old})
    before = (await alice.get(at(patient))).json()

    changed = await alice.patch(at(patient), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await alice.get(at(patient))).json() == after


async def test_a_change_of_nothing_changes_nothing(alice: AsyncClient, database: Database) -> None:
    patient = await add_patient(database)
    before = (await alice.get(at(patient))).json()

    assert (await alice.patch(at(patient), json={})).json() == before


async def test_a_deleted_patient_is_gone(alice: AsyncClient, database: Database) -> None:
    patient = await add_patient(database)

    assert (await alice.delete(at(patient))).status_code == 204
    assert_problem(await alice.get(at(patient)), PatientNotFound)
    assert_problem(await alice.patch(at(patient), json={}), PatientNotFound)
    assert_problem(await alice.delete(at(patient)), PatientNotFound)


async def test_an_id_that_nothing_has_is_not_found(alice: AsyncClient) -> None:
    assert_problem(await alice.get(NOWHERE), PatientNotFound)
    assert_invalid(await alice.get(f"{PATIENTS}/not-an-id"), "patient_id")


@pytest.mark.parametrize(("field", "value", "new"), [("insurance_number", "AAAA", "CCCC")])
async def test_what_is_private_is_kept_and_never_shown(
    alice: AsyncClient, database: Database, field: str, value: Any, new: Any
) -> None:
    sent = a_patient(**{field: value})

    made = await alice.post(PATIENTS, json=sent)
    path = f"{PATIENTS}/{made.json()['id']}"
    changed = await alice.patch(path, json={field: new})
    found = await alice.get(path)
    listed = await alice.get(PATIENTS)

    for shown in (made.json(), changed.json(), found.json(), *listed.json()["items"]):
        assert "id" in shown
        assert field not in shown
    assert field not in dict(PatientCreate.model_validate(sent).__repr_args__())
    assert field not in dict(PatientUpdate.model_validate({field: new}).__repr_args__())
    async with database.reads() as session:
        kept = await session.scalar(select(getattr(Patient, field)))
    assert to_jsonable_python(kept) == new


async def test_an_admin_restores_a_patient_as_it_was(
    alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    patient = await add_patient(database)
    before = (await alice.get(at(patient))).json()

    assert (await alice.delete(at(patient))).status_code == 204
    assert ids_of(await alice.get(PATIENTS)) == []
    back = await admin.post(f"{at(patient)}/restore")

    assert back.status_code == 204
    after = (await alice.get(at(patient))).json()
    assert after == before | {"updated_at": after["updated_at"]}
    assert ids_of(await alice.get(PATIENTS)) == [str(patient.id)]


async def test_nobody_but_an_admin_restores_patients(
    alice: AsyncClient,
    bob: AsyncClient,
    reception: AsyncClient,
    doctor: AsyncClient,
    admin: AsyncClient,
    database: Database,
) -> None:
    patient = await add_patient(database)
    assert (await alice.delete(at(patient))).status_code == 204

    for person in (alice, bob, reception, doctor):
        assert_problem(await person.post(f"{at(patient)}/restore"), Forbidden)
    assert (await admin.post(f"{at(patient)}/restore")).status_code == 204


async def test_what_is_not_deleted_is_not_restored(admin: AsyncClient, database: Database) -> None:
    patient = await add_patient(database)

    assert_problem(await admin.post(f"{at(patient)}/restore"), PatientNotFound)
    assert_problem(await admin.post(f"{NOWHERE}/restore"), PatientNotFound)


# Beside other rows.


async def test_a_patient_hides_its_medical_records_until_it_is_restored(
    alice: AsyncClient, doctor: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    patient = await add_patient(database)
    theirs = await add_medical_record(database, patient_id=str(patient.id))
    there = f"/api/v1/medical-records/{theirs.id}"

    assert (await alice.delete(at(patient))).status_code == 204
    assert (await doctor.get(there)).status_code == 404
    assert ids_of(await doctor.get("/api/v1/medical-records")) == []
    assert (await admin.post(f"{at(patient)}/restore")).status_code == 204
    assert (await doctor.get(there)).status_code == 200
    assert ids_of(await doctor.get("/api/v1/medical-records")) == [str(theirs.id)]


async def test_a_patient_hides_its_appointments_until_it_is_restored(
    alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    patient = await add_patient(database)
    theirs = await add_appointment(database, patient_id=str(patient.id))
    there = f"/api/v1/appointments/{theirs.id}"

    assert (await alice.delete(at(patient))).status_code == 204
    assert (await alice.get(there)).status_code == 404
    assert ids_of(await alice.get("/api/v1/appointments")) == []
    assert (await admin.post(f"{at(patient)}/restore")).status_code == 204
    assert (await alice.get(there)).status_code == 200
    assert ids_of(await alice.get("/api/v1/appointments")) == [str(theirs.id)]


# Lists.


async def test_a_list_has_the_newest_first(alice: AsyncClient, database: Database) -> None:
    patients = [await add_patient(database) for _ in range(3)]

    ids = [str(patient.id) for patient in reversed(patients)]
    assert ids_of(await alice.get(PATIENTS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "name", "-name"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    alice: AsyncClient, database: Database, sort: str
) -> None:
    patients = [await add_patient(database, name=name) for name in ("B", "A", "B", "C", "B")]

    items = await walk(alice, PATIENTS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(patients, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"guardian_id": str(ALICE.id)}, {"one", "two", "three"}),
        ({"guardian_id": str(BOB.id)}, set()),
    ],
)
async def test_a_filter_finds_what_it_says(
    alice: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_patient(database),
        "two": await add_patient(database),
        "three": await add_patient(database),
    }

    found = await alice.get(PATIENTS, params=params)

    assert which(rows, found) == names


@pytest.mark.parametrize(
    ("words", "found"),
    [("fox quick", True), ("fox -quick", False), ("bear", False), ("'\"(&|!:*", False)],
)
async def test_a_search_finds_words_in_any_order(
    alice: AsyncClient, database: Database, words: str, found: bool
) -> None:
    await add_patient(database, name="The quick brown fox")

    assert bool(ids_of(await alice.get(PATIENTS, params={"q": words}))) is found


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "guardian_id"}, "sort"),
        ({"sort": "created_at; drop table patients"}, "sort"),
        ({"q": ""}, "q"),
        ({"guardian_id": "not-an-id"}, "guardian_id"),
        ({"insurance_number": "AAAA"}, "insurance_number"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    alice: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await alice.get(PATIENTS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    alice: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_patient(database)
    cursor = (await alice.get(PATIENTS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await alice.get(PATIENTS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    alice: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_patient(database)

    with counted(database) as statements:
        found = await alice.get(PATIENTS)

    assert len(ids_of(found)) == min(count, 20)
    # One more says who is calling.
    assert len(statements) == 2


async def test_one_row_costs_one_query(alice: AsyncClient, database: Database) -> None:
    patient = await add_patient(database)

    with counted(database) as statements:
        assert (await alice.get(at(patient))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
