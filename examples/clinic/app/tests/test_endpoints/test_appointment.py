import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.core.errors import AppError, Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.db.rows import EVERY
from app.models import Appointment
from app.repositories.patient import PatientRepository
from app.services.appointment import (
    AppointmentNotFound,
    AppointmentNotRestorable,
    AppointmentRefused,
    DoctorMissing,
    DoctorStartsAtTaken,
    FollowsItself,
    FollowsMissing,
    PatientMissing,
)
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ALICE, BOB, RECEPTION
from app.tests.queries import counted, stored
from app.tests.samples import NO_ID
from app.tests.samples.appointment import add_appointment, an_appointment
from app.tests.samples.patient import add_patient
from app.tests.samples.prescription import add_prescription
from app.tests.waiting import until_somebody_waits

APPOINTMENTS = "/api/v1/appointments"
NOWHERE = f"{APPOINTMENTS}/{NO_ID}"


def at(appointment: Appointment) -> str:
    return f"{APPOINTMENTS}/{appointment.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", APPOINTMENTS),
        ("POST", APPOINTMENTS),
        ("GET", NOWHERE),
        ("PATCH", NOWHERE),
        ("DELETE", NOWHERE),
        ("POST", f"{NOWHERE}/restore"),
    ],
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_an_appointment_is_invisible_to_other_people(
    bob: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)

    for person in (bob, admin):
        assert_problem(await person.get(at(appointment)), AppointmentNotFound)
        assert ids_of(await person.get(APPOINTMENTS)) == []


async def test_nobody_changes_an_appointment_of_somebody_else(
    alice: AsyncClient, bob: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)
    before = (await alice.get(at(appointment))).json()

    for person in (bob, admin):
        assert_problem(
            await person.patch(at(appointment), json={"starts_at": "2030-01-03T18:30:00Z"}),
            AppointmentNotFound,
        )
    assert (await alice.get(at(appointment))).json() == before


async def test_nobody_deletes_an_appointment_of_somebody_else(
    alice: AsyncClient,
    bob: AsyncClient,
    doctor: AsyncClient,
    admin: AsyncClient,
    database: Database,
) -> None:
    appointment = await add_appointment(database)
    before = (await alice.get(at(appointment))).json()

    for person in (bob, doctor, admin):
        assert_problem(await person.delete(at(appointment)), AppointmentNotFound)
    assert (await alice.get(at(appointment))).json() == before


async def test_a_reception_reads_creates_changes_and_deletes_every_appointment(
    reception: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)
    sent = await an_appointment(database, RECEPTION)

    assert (await reception.get(at(appointment))).status_code == 200
    assert str(appointment.id) in ids_of(await reception.get(APPOINTMENTS))
    assert (await reception.post(APPOINTMENTS, json=sent)).status_code == 201
    assert (await reception.patch(at(appointment), json={})).status_code == 200
    assert (await reception.delete(at(appointment))).status_code == 204


async def test_a_doctor_reads_and_changes_every_appointment(
    doctor: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)

    assert (await doctor.get(at(appointment))).status_code == 200
    assert str(appointment.id) in ids_of(await doctor.get(APPOINTMENTS))
    assert (await doctor.patch(at(appointment), json={})).status_code == 200


# What rights ask of a row.


@pytest.mark.parametrize(
    ("holding", "answers"),
    [
        (
            {"state": "booked"},
            {"alice": 200, "bob": 404, "reception": 200, "doctor": 200, "admin": 404},
        ),
        (
            {"state": "arrived"},
            {"alice": 404, "bob": 404, "reception": 200, "doctor": 200, "admin": 404},
        ),
    ],
)
async def test_who_changes_an_appointment_depends_on_what_it_holds(
    alice: AsyncClient,
    bob: AsyncClient,
    reception: AsyncClient,
    doctor: AsyncClient,
    admin: AsyncClient,
    database: Database,
    holding: dict[str, Any],
    answers: dict[str, int],
) -> None:
    appointment = await add_appointment(database, **holding)
    people = {"alice": alice, "bob": bob, "reception": reception, "doctor": doctor, "admin": admin}

    for name, answer in answers.items():
        changed = await people[name].patch(at(appointment), json={})
        assert changed.status_code == answer


@pytest.mark.parametrize(
    ("name", "holding", "sent"), [("alice", {"state": "booked"}, {"state": "arrived"})]
)
async def test_nobody_changes_an_appointment_beyond_their_rights(
    alice: AsyncClient,
    bob: AsyncClient,
    reception: AsyncClient,
    doctor: AsyncClient,
    admin: AsyncClient,
    database: Database,
    name: str,
    holding: dict[str, Any],
    sent: dict[str, Any],
) -> None:
    appointment = await add_appointment(database, **holding)
    people = {"alice": alice, "bob": bob, "reception": reception, "doctor": doctor, "admin": admin}

    changed = await people[name].patch(at(appointment), json=sent)

    assert_problem(changed, AppointmentRefused)
    left = await stored(database, appointment)
    assert left
    assert left.updated_at == appointment.updated_at


@pytest.mark.parametrize(
    ("name", "holding", "sent"),
    [
        ("reception", {"state": "booked"}, {"state": "arrived"}),
        ("doctor", {"state": "booked"}, {"state": "arrived"}),
        ("reception", {"state": "arrived"}, {"state": "booked"}),
        ("doctor", {"state": "arrived"}, {"state": "booked"}),
    ],
)
async def test_people_change_an_appointment_within_their_rights(
    alice: AsyncClient,
    bob: AsyncClient,
    reception: AsyncClient,
    doctor: AsyncClient,
    admin: AsyncClient,
    database: Database,
    name: str,
    holding: dict[str, Any],
    sent: dict[str, Any],
) -> None:
    appointment = await add_appointment(database, **holding)
    people = {"alice": alice, "bob": bob, "reception": reception, "doctor": doctor, "admin": admin}

    changed = await people[name].patch(at(appointment), json=sent)

    assert changed.status_code == 200
    assert changed.json().items() >= sent.items()


@pytest.mark.parametrize(
    ("holding", "answers"),
    [
        (
            {"state": "booked"},
            {"alice": 204, "bob": 404, "reception": 204, "doctor": 404, "admin": 404},
        ),
        (
            {"state": "arrived"},
            {"alice": 404, "bob": 404, "reception": 204, "doctor": 404, "admin": 404},
        ),
    ],
)
async def test_who_deletes_an_appointment_depends_on_what_it_holds(
    alice: AsyncClient,
    bob: AsyncClient,
    reception: AsyncClient,
    doctor: AsyncClient,
    admin: AsyncClient,
    database: Database,
    holding: dict[str, Any],
    answers: dict[str, int],
) -> None:
    appointment = await add_appointment(database, **holding)
    people = {"alice": alice, "bob": bob, "reception": reception, "doctor": doctor, "admin": admin}

    for name, answer in answers.items():
        assert (await people[name].delete(at(appointment))).status_code == answer
        if answer == 204:
            appointment = await add_appointment(database, **holding)


# Create, show, change, delete.


async def test_a_new_appointment_is_found_where_the_answer_says(
    alice: AsyncClient, database: Database
) -> None:
    sent = await an_appointment(database)

    made = await alice.post(APPOINTMENTS, json=sent)

    assert made.status_code == 201
    assert made.json()["doctor"]["id"] == sent.pop("doctor_id")
    assert made.json().items() >= sent.items()
    found = await alice.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_has_its_default_or_is_null(
    alice: AsyncClient, database: Database
) -> None:
    missing = {"minutes": 20, "follows_id": None}
    sent = {
        key: value for key, value in (await an_appointment(database)).items() if key not in missing
    }

    made = await alice.post(APPOINTMENTS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["patient_id", "doctor_id", "starts_at", "reason"])
async def test_what_is_required_is_asked_for(
    alice: AsyncClient, database: Database, field: str
) -> None:
    sent = await an_appointment(database)
    del sent[field]

    assert_invalid(await alice.post(APPOINTMENTS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_at", None),
        ("starts_at", "now"),
        ("starts_at", 1924972200),
        ("starts_at", "2030-12-31T18:30:00"),
        ("minutes", None),
        ("minutes", "3"),
        ("minutes", True),
        ("minutes", 1.5),
        ("minutes", 4),
        ("minutes", 241),
        ("state", None),
        ("state", "unheard_of"),
        ("state", "BOOKED"),
        ("state", ""),
        ("state", 1),
        ("reason", None),
        ("reason", 1),
        ("reason", ""),
        ("reason", "x" * 1001),
        ("reason", "NUL \x00"),
        ("patient_id", None),
        ("patient_id", "not-an-id"),
        ("doctor_id", None),
        ("doctor_id", "not-an-id"),
        ("follows_id", "not-an-id"),
        ("booked_by_id", NO_ID),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    alice: AsyncClient, database: Database, field: str, value: Any
) -> None:
    appointment = await add_appointment(database)

    assert_invalid(
        await alice.post(APPOINTMENTS, json=await an_appointment(database, **{field: value})), field
    )
    assert_invalid(await alice.patch(at(appointment), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("starts_at", "2030-01-01T18:30:00Z", "2030-01-02T18:30:00Z"),
        ("minutes", 5, 6),
        ("reason", "A", "B"),
    ],
)
async def test_a_change_leaves_the_rest_as_it_was(
    alice: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    appointment = await add_appointment(database, **{field: old})
    before = (await alice.get(at(appointment))).json()

    changed = await alice.patch(at(appointment), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await alice.get(at(appointment))).json() == after


async def test_a_change_of_nothing_changes_nothing(alice: AsyncClient, database: Database) -> None:
    appointment = await add_appointment(database)
    before = (await alice.get(at(appointment))).json()

    assert (await alice.patch(at(appointment), json={})).json() == before


async def test_a_deleted_appointment_is_gone(alice: AsyncClient, database: Database) -> None:
    appointment = await add_appointment(database)

    assert (await alice.delete(at(appointment))).status_code == 204
    assert_problem(await alice.get(at(appointment)), AppointmentNotFound)
    assert_problem(await alice.patch(at(appointment), json={}), AppointmentNotFound)
    assert_problem(await alice.delete(at(appointment)), AppointmentNotFound)


async def test_an_id_that_nothing_has_is_not_found(alice: AsyncClient) -> None:
    assert_problem(await alice.get(NOWHERE), AppointmentNotFound)
    assert_invalid(await alice.get(f"{APPOINTMENTS}/not-an-id"), "appointment_id")


async def test_whoever_creates_an_appointment_is_its_booked_by(
    alice: AsyncClient, database: Database
) -> None:
    theirs = {"booked_by_id": str(BOB.id)}

    made = await alice.post(APPOINTMENTS, json=await an_appointment(database))
    refused = await alice.post(APPOINTMENTS, json=await an_appointment(database, **theirs))

    assert made.json()["booked_by_id"] == str(ALICE.id)
    assert_invalid(refused, "booked_by_id")
    async with database.reads() as session:
        kept = await session.scalars(select(Appointment.booked_by_id))
    assert kept.all() == [ALICE.id]


async def test_whoever_changes_an_appointment_is_not_its_booked_by(
    alice: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database, booked_by_id=str(BOB.id))
    mine = {"booked_by_id": str(ALICE.id)}

    changed = await alice.patch(at(appointment), json={"starts_at": "2030-01-03T18:30:00Z"})
    refused = await alice.patch(at(appointment), json=mine)

    assert changed.json()["booked_by_id"] == str(BOB.id)
    assert_invalid(refused, "booked_by_id")
    left = await stored(database, appointment)
    assert left
    assert left.booked_by_id == BOB.id


async def test_an_admin_restores_an_appointment_as_it_was(
    alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)
    before = (await alice.get(at(appointment))).json()

    assert (await alice.delete(at(appointment))).status_code == 204
    assert ids_of(await alice.get(APPOINTMENTS)) == []
    back = await admin.post(f"{at(appointment)}/restore")

    assert back.status_code == 204
    after = (await alice.get(at(appointment))).json()
    assert after == before | {"updated_at": after["updated_at"]}
    assert ids_of(await alice.get(APPOINTMENTS)) == [str(appointment.id)]


async def test_nobody_but_an_admin_restores_appointments(
    alice: AsyncClient,
    bob: AsyncClient,
    reception: AsyncClient,
    doctor: AsyncClient,
    admin: AsyncClient,
    database: Database,
) -> None:
    appointment = await add_appointment(database)
    assert (await alice.delete(at(appointment))).status_code == 204

    for person in (alice, bob, reception, doctor):
        assert_problem(await person.post(f"{at(appointment)}/restore"), Forbidden)
    assert (await admin.post(f"{at(appointment)}/restore")).status_code == 204


async def test_what_is_not_deleted_is_not_restored(admin: AsyncClient, database: Database) -> None:
    appointment = await add_appointment(database)

    assert_problem(await admin.post(f"{at(appointment)}/restore"), AppointmentNotFound)
    assert_problem(await admin.post(f"{NOWHERE}/restore"), AppointmentNotFound)


async def test_a_deleted_appointment_leaves_its_doctor_and_starts_at_to_others(
    alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    body = await an_appointment(database)
    same = {"doctor_id": body["doctor_id"], "starts_at": body["starts_at"]}
    appointment = await add_appointment(database, **same)
    assert (await alice.delete(at(appointment))).status_code == 204

    again = await add_appointment(database, **same)

    assert_problem(await admin.post(f"{at(appointment)}/restore"), DoctorStartsAtTaken)
    assert (await alice.delete(at(again))).status_code == 204
    assert (await admin.post(f"{at(appointment)}/restore")).status_code == 204


async def test_an_appointment_comes_back_after_its_patient(
    alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)
    there = f"/api/v1/patients/{appointment.patient_id}"
    assert (await alice.delete(at(appointment))).status_code == 204
    assert (await alice.delete(there)).status_code == 204

    assert_problem(await admin.post(f"{at(appointment)}/restore"), AppointmentNotRestorable)
    assert (await admin.post(f"{there}/restore")).status_code == 204
    assert (await admin.post(f"{at(appointment)}/restore")).status_code == 204


# Beside other rows.


async def test_no_two_appointments_share_doctor_and_starts_at(
    alice: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)
    body = await an_appointment(database)
    same = {"doctor_id": body["doctor_id"], "starts_at": body["starts_at"]}
    await add_appointment(database, BOB, **same)

    refused = await alice.post(APPOINTMENTS, json=await an_appointment(database, **same))
    assert_problem(refused, DoctorStartsAtTaken)
    assert_problem(await alice.patch(at(appointment), json=same), DoctorStartsAtTaken)


@pytest.mark.parametrize(
    ("column", "error"),
    [("patient_id", PatientMissing), ("doctor_id", DoctorMissing), ("follows_id", FollowsMissing)],
)
async def test_what_is_referred_to_has_to_exist(
    alice: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await alice.post(APPOINTMENTS, json=await an_appointment(database, **nowhere))
    assert_problem(refused, error)
    appointment = await add_appointment(database)
    assert_problem(await alice.patch(at(appointment), json=nowhere), error)


async def test_nobody_refers_to_a_patient_that_they_may_not_read(
    alice: AsyncClient, database: Database
) -> None:
    hidden = {"patient_id": str((await add_patient(database, BOB)).id)}

    refused = await alice.post(APPOINTMENTS, json=await an_appointment(database, **hidden))
    assert_problem(refused, PatientMissing)
    appointment = await add_appointment(database)
    assert_problem(await alice.patch(at(appointment), json=hidden), PatientMissing)


async def test_nobody_refers_to_an_appointment_that_they_may_not_read(
    alice: AsyncClient, database: Database
) -> None:
    hidden = {"follows_id": str((await add_appointment(database, BOB)).id)}

    refused = await alice.post(APPOINTMENTS, json=await an_appointment(database, **hidden))
    assert_problem(refused, FollowsMissing)
    appointment = await add_appointment(database)
    assert_problem(await alice.patch(at(appointment), json=hidden), FollowsMissing)


async def test_an_appointment_keeps_the_follows_that_it_has(
    alice: AsyncClient, database: Database
) -> None:
    hidden = {"follows_id": str((await add_appointment(database, BOB)).id)}
    appointment = await add_appointment(database, **hidden)

    assert (await alice.patch(at(appointment), json=hidden)).status_code == 200


async def test_an_appointment_shows_its_doctor(alice: AsyncClient, database: Database) -> None:
    appointment = await add_appointment(database)

    one, listed = await alice.get(at(appointment)), await alice.get(APPOINTMENTS)

    for shown in (one.json(), *listed.json()["items"]):
        assert shown["doctor"].keys() == {
            "id",
            "person_id",
            "title",
            "speciality",
            "languages",
            "licence",
        }
        assert shown["doctor"]["id"] == str(appointment.doctor_id)
        assert "doctor_id" not in shown


async def test_an_appointment_is_not_its_own_follows(
    alice: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)

    refused = await alice.patch(at(appointment), json={"follows_id": str(appointment.id)})

    assert_problem(refused, FollowsItself)


async def test_nobody_creates_an_appointment_below_a_row_of_somebody_else(
    alice: AsyncClient, database: Database
) -> None:
    refused = await alice.post(APPOINTMENTS, json=await an_appointment(database, BOB))

    assert_problem(refused, PatientMissing)


async def test_nobody_moves_an_appointment_below_a_row_of_somebody_else(
    alice: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)
    theirs = {"patient_id": str((await add_patient(database, BOB)).id)}

    refused = await alice.patch(at(appointment), json=theirs)

    assert_problem(refused, PatientMissing)
    left = await stored(database, appointment)
    assert left
    assert left.patient_id == appointment.patient_id


async def test_an_appointment_is_left_out_of_its_appointments_until_it_is_restored(
    alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)
    theirs = await add_appointment(database, follows_id=str(appointment.id))
    there = f"/api/v1/appointments/{theirs.id}"
    mine, empty = {"follows_id": str(appointment.id)}, {"follows_id_isnull": True}

    assert (await alice.delete(at(appointment))).status_code == 204
    assert (await alice.get(there)).json()["follows_id"] is None
    assert ids_of(await alice.get("/api/v1/appointments", params=mine)) == []
    assert ids_of(await alice.get("/api/v1/appointments", params=empty)) == [str(theirs.id)]
    assert (await admin.post(f"{at(appointment)}/restore")).status_code == 204
    found = (await alice.get(there)).json()
    assert found["follows_id"] == str(appointment.id)
    assert ids_of(await alice.get("/api/v1/appointments", params=mine)) == [str(theirs.id)]


async def test_an_appointment_hides_its_prescriptions_until_it_is_restored(
    alice: AsyncClient, doctor: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    appointment = await add_appointment(database)
    theirs = await add_prescription(database, appointment_id=str(appointment.id))
    there = f"/api/v1/prescriptions/{theirs.id}"

    assert (await alice.delete(at(appointment))).status_code == 204
    assert (await doctor.get(there)).status_code == 404
    assert ids_of(await doctor.get("/api/v1/prescriptions")) == []
    assert (await admin.post(f"{at(appointment)}/restore")).status_code == 204
    assert (await doctor.get(there)).status_code == 200
    assert ids_of(await doctor.get("/api/v1/prescriptions")) == [str(theirs.id)]


async def test_an_appointment_takes_no_deleted_patient(
    alice: AsyncClient, database: Database
) -> None:
    deleted = {"patient_id": str((await add_patient(database)).id)}
    there = f"/api/v1/patients/{deleted['patient_id']}"
    assert (await alice.delete(there)).status_code == 204

    refused = await alice.post(APPOINTMENTS, json=await an_appointment(database, **deleted))
    assert_problem(refused, PatientMissing)
    appointment = await add_appointment(database)
    assert_problem(await alice.patch(at(appointment), json=deleted), PatientMissing)


async def test_an_appointment_takes_no_deleted_follows(
    alice: AsyncClient, database: Database
) -> None:
    deleted = {"follows_id": str((await add_appointment(database)).id)}
    there = f"/api/v1/appointments/{deleted['follows_id']}"
    assert (await alice.delete(there)).status_code == 204

    refused = await alice.post(APPOINTMENTS, json=await an_appointment(database, **deleted))
    assert_problem(refused, FollowsMissing)
    appointment = await add_appointment(database)
    assert_problem(await alice.patch(at(appointment), json=deleted), FollowsMissing)


async def test_an_appointment_waits_for_a_patient_that_is_being_deleted(
    alice: AsyncClient, database: Database
) -> None:
    going = {"patient_id": str((await add_patient(database)).id)}
    sent = await an_appointment(database, **going)

    async with database.writes() as session:
        rows = PatientRepository(session)
        found = await rows.lock(EVERY, UUID(going["patient_id"]))
        assert found
        await rows.remove(found)
        creating = asyncio.create_task(alice.post(APPOINTMENTS, json=sent))
        await until_somebody_waits(database)

    assert_problem(await creating, PatientMissing)


# Lists.


async def test_a_list_is_sorted_by_starts_at(alice: AsyncClient, database: Database) -> None:
    appointments = [
        await add_appointment(database, starts_at=value)
        for value in ("2030-01-01T18:30:00Z", "2030-01-03T18:30:00Z")
    ]

    assert ids_of(await alice.get(APPOINTMENTS)) == in_order(appointments, "starts_at")


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "starts_at", "-starts_at"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    alice: AsyncClient, database: Database, sort: str
) -> None:
    appointments = [
        await add_appointment(database, starts_at=starts_at)
        for starts_at in (
            "2030-01-02T18:30:00Z",
            "2030-01-01T18:30:00Z",
            "2030-01-02T18:30:00Z",
            "2030-01-03T18:30:00Z",
            "2030-01-02T18:30:00Z",
        )
    ]

    items = await walk(alice, APPOINTMENTS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(appointments, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"starts_at": "2030-01-01T18:30:00Z"}, {"one"}),
        ({"starts_at": ["2030-01-01T18:30:00Z", "2030-01-02T18:30:00Z"]}, {"one", "two"}),
        ({"starts_at_gte": "2030-01-03T18:30:00Z"}, {"three"}),
        ({"starts_at_lte": "2030-01-01T18:30:00Z"}, {"one"}),
        ({"booked_by_id": str(ALICE.id)}, {"one"}),
        ({"booked_by_id": str(BOB.id)}, {"two"}),
        ({"booked_by_id_isnull": True}, {"three"}),
    ],
)
async def test_a_filter_finds_what_it_says(
    alice: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_appointment(
            database, starts_at="2030-01-01T18:30:00Z", booked_by_id=str(ALICE.id)
        ),
        "two": await add_appointment(
            database, starts_at="2030-01-02T18:30:00Z", booked_by_id=str(BOB.id)
        ),
        "three": await add_appointment(
            database, starts_at="2030-01-03T18:30:00Z", booked_by_id=None
        ),
    }

    found = await alice.get(APPOINTMENTS, params=params)

    assert which(rows, found) == names


async def test_a_list_can_be_of_one_patient(alice: AsyncClient, database: Database) -> None:
    appointment = await add_appointment(database)
    there, nowhere = {"patient_id": str(appointment.patient_id)}, {"patient_id": str(uuid4())}

    assert ids_of(await alice.get(APPOINTMENTS, params=there)) == [str(appointment.id)]
    assert ids_of(await alice.get(APPOINTMENTS, params=nowhere)) == []


async def test_a_list_can_be_of_one_doctor(alice: AsyncClient, database: Database) -> None:
    appointment = await add_appointment(database)
    there, nowhere = {"doctor_id": str(appointment.doctor_id)}, {"doctor_id": str(uuid4())}

    assert ids_of(await alice.get(APPOINTMENTS, params=there)) == [str(appointment.id)]
    assert ids_of(await alice.get(APPOINTMENTS, params=nowhere)) == []


async def test_a_list_can_be_of_one_follows(alice: AsyncClient, database: Database) -> None:
    appointment = await add_appointment(
        database, follows_id=str((await add_appointment(database)).id)
    )
    there, nowhere = {"follows_id": str(appointment.follows_id)}, {"follows_id": str(uuid4())}

    assert ids_of(await alice.get(APPOINTMENTS, params=there)) == [str(appointment.id)]
    assert ids_of(await alice.get(APPOINTMENTS, params=nowhere)) == []
    assert ids_of(await alice.get(APPOINTMENTS, params={"follows_id_isnull": True})) == [
        str(appointment.follows_id)
    ]


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "patient_id"}, "sort"),
        ({"sort": "created_at; drop table appointments"}, "sort"),
        ({"starts_at": "now"}, "starts_at"),
        ({"state": "unheard_of"}, "state"),
        ({"patient_id": "not-an-id"}, "patient_id"),
        ({"doctor_id": "not-an-id"}, "doctor_id"),
        ({"booked_by_id": "not-an-id"}, "booked_by_id"),
        ({"follows_id": "not-an-id"}, "follows_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    alice: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await alice.get(APPOINTMENTS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    alice: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_appointment(database)
    cursor = (await alice.get(APPOINTMENTS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await alice.get(APPOINTMENTS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 5])
async def test_a_list_costs_one_query_however_long(
    alice: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_appointment(database)

    with counted(database) as statements:
        found = await alice.get(APPOINTMENTS)

    assert len(ids_of(found)) == count
    # One more says who is calling.
    assert len(statements) == 2


async def test_one_row_costs_one_query(alice: AsyncClient, database: Database) -> None:
    appointment = await add_appointment(database)

    with counted(database) as statements:
        assert (await alice.get(at(appointment))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
