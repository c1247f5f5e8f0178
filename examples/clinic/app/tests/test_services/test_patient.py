from datetime import date
from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import Patient
from app.repositories.patient import PatientRepository, owned_by
from app.schemas.patient import PatientCreate, PatientUpdate
from app.services.patient import (
    PatientNotFound,
    PatientService,
    changeable,
    deletable,
    readable,
    restorable,
)
from app.tests.people import ADMIN, ALICE, DOCTOR, RECEPTION, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(PatientRepository, instance=True)


@pytest.fixture
def patients(repository: Any) -> PatientService:
    return PatientService(repository)


@pytest.mark.parametrize(
    ("right", "person"),
    [
        (readable, ALICE),
        (readable, ADMIN),
        (changeable, ALICE),
        (changeable, DOCTOR),
        (changeable, ADMIN),
        (deletable, ALICE),
        (deletable, DOCTOR),
        (deletable, ADMIN),
    ],
)
def test_people_reach_their_own_patients_alone(right: Any, person: Person) -> None:
    assert right(person.actor).compare(owned_by(person.id))


@pytest.mark.parametrize(
    ("right", "person"),
    [
        (readable, RECEPTION),
        (readable, DOCTOR),
        (changeable, RECEPTION),
        (deletable, RECEPTION),
        (restorable, ADMIN),
    ],
)
def test_some_reach_every_patient(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [restorable])
@pytest.mark.parametrize("person", [ALICE, RECEPTION, DOCTOR])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_who_creates_a_patient_owns_it(patients: PatientService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda patient: patient

    patient = await patients.create(ALICE.actor, PatientCreate(name="A", born_on=date(2030, 1, 1)))

    assert (patient.guardian_id, patient.name) == (ALICE.id, "A")


async def test_only_what_was_sent_is_changed(patients: PatientService, repository: Any) -> None:
    patient = repository.lock.return_value = Patient(id=uuid4())

    await patients.update(ALICE.actor, patient.id, PatientUpdate(insurance_number=None))

    repository.change.assert_awaited_once_with(patient, {"insurance_number": None})


async def test_a_row_out_of_reach_is_not_found(patients: PatientService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(PatientNotFound):
        await patients.get(ALICE.actor, nowhere)
    with pytest.raises(PatientNotFound):
        await patients.update(ALICE.actor, nowhere, PatientUpdate())
    with pytest.raises(PatientNotFound):
        await patients.delete(ALICE.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_a_row_that_is_not_deleted_is_not_restored(
    patients: PatientService, repository: Any
) -> None:
    repository.lock_deleted.return_value = None

    with pytest.raises(PatientNotFound):
        await patients.restore(ADMIN.actor, uuid4())

    repository.restore.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    patients: PatientService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await patients.restore(ALICE.actor, uuid4())

    assert repository.mock_calls == []
