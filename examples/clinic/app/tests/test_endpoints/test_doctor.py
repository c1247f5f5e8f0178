from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Doctor
from app.services.doctor import (
    DoctorHasAppointments,
    DoctorNotFound,
    LicenceTaken,
    PersonMissing,
    PersonTaken,
)
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ADMIN, ALICE, BOB
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.appointment import add_appointment
from app.tests.samples.doctor import a_doctor, add_doctor

DOCTORS = "/api/v1/doctors"
NOWHERE = f"{DOCTORS}/{NO_ID}"


def at(row: Doctor) -> str:
    return f"{DOCTORS}/{row.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"), [("POST", DOCTORS), ("PATCH", NOWHERE), ("DELETE", NOWHERE)]
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_everybody_reads_doctors(visitor: AsyncClient, database: Database) -> None:
    row = await add_doctor(database)

    assert (await visitor.get(at(row))).status_code == 200
    assert ids_of(await visitor.get(DOCTORS)) == [str(row.id)]


async def test_only_administrators_write_doctors(
    admin: AsyncClient,
    alice: AsyncClient,
    reception: AsyncClient,
    doctor: AsyncClient,
    database: Database,
) -> None:
    row = await add_doctor(database)
    sent = a_doctor()
    before = (await admin.get(at(row))).json()

    for person in (alice, reception, doctor):
        assert_problem(await person.post(DOCTORS, json=sent), Forbidden)
        assert_problem(await person.patch(at(row), json={"title": "C"}), Forbidden)
        assert_problem(await person.delete(at(row)), Forbidden)
    assert (await admin.get(DOCTORS)).json()["items"] == [before]


async def test_an_admin_creates_changes_and_deletes_every_doctor(
    admin: AsyncClient, database: Database
) -> None:
    row = await add_doctor(database)
    sent = a_doctor()

    assert (await admin.post(DOCTORS, json=sent)).status_code == 201
    assert (await admin.patch(at(row), json={})).status_code == 200
    assert (await admin.delete(at(row))).status_code == 204


# Create, show, change, delete.


async def test_a_new_doctor_is_found_where_the_answer_says(admin: AsyncClient) -> None:
    sent = a_doctor()

    made = await admin.post(DOCTORS, json=sent)

    assert made.status_code == 201
    assert made.json()["person"]["id"] == sent.pop("person_id")
    assert made.json().items() >= sent.items()
    found = await admin.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


@pytest.mark.parametrize("field", ["person_id", "title", "speciality", "languages", "licence"])
async def test_what_is_required_is_asked_for(admin: AsyncClient, field: str) -> None:
    sent = a_doctor()
    del sent[field]

    assert_invalid(await admin.post(DOCTORS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", None),
        ("title", 1),
        ("title", "x" * 41),
        ("title", "NUL \x00"),
        ("speciality", None),
        ("speciality", "unheard_of"),
        ("speciality", "GENERAL"),
        ("speciality", ""),
        ("speciality", 1),
        ("languages", None),
        ("languages", "A"),
        ("languages", {"0": "A"}),
        ("languages", [None]),
        ("languages", [1]),
        ("languages", ["x" * 256]),
        ("languages", ["NUL \x00"]),
        ("languages", ["A"] * 11),
        ("languages", []),
        ("licence", None),
        ("licence", 1),
        ("licence", "xxx"),
        ("licence", "x" * 21),
        ("licence", "NUL \x00"),
        ("person_id", None),
        ("person_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    admin: AsyncClient, database: Database, field: str, value: Any
) -> None:
    row = await add_doctor(database)

    assert_invalid(await admin.post(DOCTORS, json=a_doctor(**{field: value})), field)
    assert_invalid(await admin.patch(at(row), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("title", "A", "B"),
        ("speciality", "general", "children"),
        ("languages", ["C", "B"], ["B", "A"]),
    ],
)
async def test_a_change_leaves_the_rest_as_it_was(
    admin: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    row = await add_doctor(database, **{field: old})
    before = (await admin.get(at(row))).json()

    changed = await admin.patch(at(row), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await admin.get(at(row))).json() == after


async def test_a_change_of_nothing_changes_nothing(admin: AsyncClient, database: Database) -> None:
    row = await add_doctor(database)
    before = (await admin.get(at(row))).json()

    assert (await admin.patch(at(row), json={})).json() == before


async def test_a_deleted_doctor_is_gone(admin: AsyncClient, database: Database) -> None:
    row = await add_doctor(database)

    assert (await admin.delete(at(row))).status_code == 204
    assert_problem(await admin.get(at(row)), DoctorNotFound)
    assert_problem(await admin.patch(at(row), json={}), DoctorNotFound)
    assert_problem(await admin.delete(at(row)), DoctorNotFound)


async def test_an_id_that_nothing_has_is_not_found(admin: AsyncClient) -> None:
    assert_problem(await admin.get(NOWHERE), DoctorNotFound)
    assert_invalid(await admin.get(f"{DOCTORS}/not-an-id"), "doctor_id")


@pytest.mark.parametrize(("field", "value"), [("licence", "CCCC")])
async def test_what_is_sent_once_is_not_changed(
    admin: AsyncClient, database: Database, field: str, value: Any
) -> None:
    row = await add_doctor(database)
    before = (await admin.get(at(row))).json()

    changed = await admin.patch(at(row), json={field: value})

    assert_invalid(changed, field)
    assert (await admin.get(at(row))).json() == before


# Beside other rows.


async def test_no_two_doctors_share_person(admin: AsyncClient, database: Database) -> None:
    row = await add_doctor(database)
    same = {"person_id": a_doctor()["person_id"]}
    await add_doctor(database, **same)

    refused = await admin.post(DOCTORS, json=a_doctor(**same))
    assert_problem(refused, PersonTaken)
    assert_problem(await admin.patch(at(row), json=same), PersonTaken)


async def test_no_two_doctors_share_licence(admin: AsyncClient, database: Database) -> None:
    same = {"licence": a_doctor()["licence"]}
    await add_doctor(database, **same)

    refused = await admin.post(DOCTORS, json=a_doctor(**same))
    assert_problem(refused, LicenceTaken)


@pytest.mark.parametrize(("column", "error"), [("person_id", PersonMissing)])
async def test_what_is_referred_to_has_to_exist(
    admin: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await admin.post(DOCTORS, json=a_doctor(**nowhere))
    assert_problem(refused, error)
    row = await add_doctor(database)
    assert_problem(await admin.patch(at(row), json=nowhere), error)


async def test_a_doctor_shows_its_person(visitor: AsyncClient, database: Database) -> None:
    row = await add_doctor(database)

    one, listed = await visitor.get(at(row)), await visitor.get(DOCTORS)

    for shown in (one.json(), *listed.json()["items"]):
        assert shown["person"].keys() == {"id", "display_name"}
        assert shown["person"]["id"] == str(row.person_id)
        assert "person_id" not in shown


async def test_a_doctor_stays_while_it_has_appointments(
    admin: AsyncClient, database: Database
) -> None:
    row = await add_doctor(database)
    await add_appointment(database, ADMIN, doctor_id=str(row.id))

    assert_problem(await admin.delete(at(row)), DoctorHasAppointments)
    assert (await admin.get(at(row))).status_code == 200


async def test_a_doctor_does_not_stay_for_deleted_appointments(
    admin: AsyncClient, database: Database
) -> None:
    row = await add_doctor(database)
    theirs = await add_appointment(database, ADMIN, doctor_id=str(row.id))
    there = f"/api/v1/appointments/{theirs.id}"

    assert (await admin.delete(there)).status_code == 204
    assert (await admin.delete(at(row))).status_code == 204


# Lists.


async def test_a_list_has_the_newest_first(visitor: AsyncClient, database: Database) -> None:
    doctors = [await add_doctor(database) for _ in range(3)]

    ids = [str(row.id) for row in reversed(doctors)]
    assert ids_of(await visitor.get(DOCTORS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    visitor: AsyncClient, database: Database, sort: str
) -> None:
    doctors = [await add_doctor(database) for _ in range(5)]

    items = await walk(visitor, DOCTORS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(doctors, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"speciality": "general"}, {"one"}),
        ({"speciality": ["general", "children"]}, {"one", "two"}),
        ({"languages": "A"}, {"one", "two"}),
        ({"languages": "B"}, {"two"}),
        ({"languages": ["A", "B"]}, {"one", "two"}),
        ({"person_id": str(ALICE.id)}, {"one"}),
        ({"person_id": str(BOB.id)}, {"two"}),
    ],
)
async def test_a_filter_finds_what_it_says(
    visitor: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_doctor(
            database, speciality="general", languages=["A"], person_id=str(ALICE.id)
        ),
        "two": await add_doctor(
            database, speciality="children", languages=["A", "B"], person_id=str(BOB.id)
        ),
        "three": await add_doctor(
            database, speciality="skin", languages=["C"], person_id=str(ADMIN.id)
        ),
    }

    found = await visitor.get(DOCTORS, params=params)

    assert which(rows, found) == names


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "person_id"}, "sort"),
        ({"sort": "created_at; drop table doctors"}, "sort"),
        ({"speciality": "unheard_of"}, "speciality"),
        ({"languages": "x" * 256}, "languages"),
        ({"person_id": "not-an-id"}, "person_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    visitor: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await visitor.get(DOCTORS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    visitor: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_doctor(database)
    cursor = (await visitor.get(DOCTORS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await visitor.get(DOCTORS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 5])
async def test_a_list_costs_one_query_however_long(
    visitor: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_doctor(database)

    with counted(database) as statements:
        found = await visitor.get(DOCTORS)

    assert len(ids_of(found)) == count
    assert len(statements) == 1


async def test_one_row_costs_one_query(visitor: AsyncClient, database: Database) -> None:
    row = await add_doctor(database)

    with counted(database) as statements:
        assert (await visitor.get(at(row))).status_code == 200

    assert len(statements) == 1
