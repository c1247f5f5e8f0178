from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import MedicalRecord
from app.repositories.medical_record import MedicalRecordRepository
from app.schemas.medical_record import MedicalRecordCreate, MedicalRecordUpdate
from app.services.base import Lookup
from app.services.medical_record import (
    MedicalRecordNotFound,
    MedicalRecordService,
    PatientMissing,
    changeable,
    creatable,
    deletable,
    readable,
)
from app.tests.people import ADMIN, ALICE, DOCTOR, RECEPTION, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(MedicalRecordRepository, instance=True)


@pytest.fixture
def lookup() -> Any:
    return create_autospec(Lookup, instance=True)


@pytest.fixture
def medical_records(repository: Any, lookup: Any) -> MedicalRecordService:
    return MedicalRecordService(repository, lookup)


@pytest.mark.parametrize("right", [readable, changeable, deletable])
@pytest.mark.parametrize("person", [DOCTOR])
def test_some_reach_every_medical_record(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [readable, creatable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, RECEPTION, ADMIN])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_a_new_medical_record_holds_what_was_sent(
    medical_records: MedicalRecordService, repository: Any
) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda medical_record: (
        medical_record
    )

    medical_record = await medical_records.create(
        DOCTOR.actor, MedicalRecordCreate(patient_id=uuid4(), remarks="A")
    )

    assert medical_record.remarks == "A"


async def test_only_what_was_sent_is_changed(
    medical_records: MedicalRecordService, repository: Any
) -> None:
    medical_record = repository.lock.return_value = MedicalRecord(id=uuid4())

    await medical_records.update(
        DOCTOR.actor, medical_record.id, MedicalRecordUpdate(blood_group=None)
    )

    repository.change.assert_awaited_once_with(medical_record, {"blood_group": None})


async def test_a_row_out_of_reach_is_not_found(
    medical_records: MedicalRecordService, repository: Any
) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(MedicalRecordNotFound):
        await medical_records.get(DOCTOR.actor, nowhere)
    with pytest.raises(MedicalRecordNotFound):
        await medical_records.update(DOCTOR.actor, nowhere, MedicalRecordUpdate())
    with pytest.raises(MedicalRecordNotFound):
        await medical_records.delete(DOCTOR.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    medical_records: MedicalRecordService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await medical_records.create(
            ALICE.actor, MedicalRecordCreate(patient_id=uuid4(), remarks="A")
        )
    with pytest.raises(Forbidden):
        await medical_records.update(ALICE.actor, uuid4(), MedicalRecordUpdate())
    with pytest.raises(Forbidden):
        await medical_records.delete(ALICE.actor, uuid4())

    assert repository.mock_calls == []


async def test_a_patient_has_to_be_readable(
    medical_records: MedicalRecordService, repository: Any, lookup: Any
) -> None:
    repository.lock.return_value = MedicalRecord(id=uuid4())
    lookup.check.side_effect = PatientMissing

    with pytest.raises(PatientMissing):
        await medical_records.create(
            DOCTOR.actor, MedicalRecordCreate(patient_id=uuid4(), remarks="A")
        )
    with pytest.raises(PatientMissing):
        await medical_records.update(DOCTOR.actor, uuid4(), MedicalRecordUpdate(patient_id=uuid4()))

    repository.save.assert_not_awaited()
    repository.change.assert_not_awaited()
