from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import Doctor
from app.models.doctor import DoctorSpeciality
from app.repositories.doctor import DoctorRepository
from app.schemas.doctor import DoctorCreate, DoctorUpdate
from app.services.doctor import (
    DoctorNotFound,
    DoctorService,
    changeable,
    creatable,
    deletable,
    readable,
)
from app.tests.people import ADMIN, ALICE, DOCTOR, RECEPTION, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(DoctorRepository, instance=True)


@pytest.fixture
def doctors(repository: Any) -> DoctorService:
    return DoctorService(repository)


def test_a_visitor_reads_every_doctor() -> None:
    assert readable(None).compare(EVERY)


@pytest.mark.parametrize(
    ("right", "person"),
    [
        (readable, ALICE),
        (readable, RECEPTION),
        (readable, DOCTOR),
        (readable, ADMIN),
        (changeable, ADMIN),
        (deletable, ADMIN),
    ],
)
def test_some_reach_every_doctor(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [creatable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, RECEPTION, DOCTOR])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_a_new_doctor_holds_what_was_sent(doctors: DoctorService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda row: row

    row = await doctors.create(
        ADMIN.actor,
        DoctorCreate(
            person_id=uuid4(),
            title="A",
            speciality=DoctorSpeciality.GENERAL,
            languages=["C", "B"],
            licence="AAAA",
        ),
    )

    assert row.title == "A"


async def test_only_what_was_sent_is_changed(doctors: DoctorService, repository: Any) -> None:
    row = repository.lock.return_value = Doctor(id=uuid4())

    await doctors.update(ADMIN.actor, row.id, DoctorUpdate(title="A"))

    repository.change.assert_awaited_once_with(row, {"title": "A"})


async def test_a_row_out_of_reach_is_not_found(doctors: DoctorService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(DoctorNotFound):
        await doctors.get(ADMIN.actor, nowhere)
    with pytest.raises(DoctorNotFound):
        await doctors.update(ADMIN.actor, nowhere, DoctorUpdate())
    with pytest.raises(DoctorNotFound):
        await doctors.delete(ADMIN.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    doctors: DoctorService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await doctors.create(
            ALICE.actor,
            DoctorCreate(
                person_id=uuid4(),
                title="A",
                speciality=DoctorSpeciality.GENERAL,
                languages=["C", "B"],
                licence="AAAA",
            ),
        )
    with pytest.raises(Forbidden):
        await doctors.update(ALICE.actor, uuid4(), DoctorUpdate())
    with pytest.raises(Forbidden):
        await doctors.delete(ALICE.actor, uuid4())

    assert repository.mock_calls == []
