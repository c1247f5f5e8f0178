from datetime import datetime
from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import Appointment
from app.repositories.appointment import AppointmentRepository, owned_by
from app.schemas.appointment import AppointmentCreate, AppointmentUpdate
from app.services.appointment import (
    AppointmentNotFound,
    AppointmentService,
    FollowsMissing,
    PatientMissing,
    readable,
    restorable,
)
from app.services.base import Lookup
from app.tests.people import ADMIN, ALICE, DOCTOR, RECEPTION, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(AppointmentRepository, instance=True)


@pytest.fixture
def lookup() -> Any:
    return create_autospec(Lookup, instance=True)


@pytest.fixture
def appointments(repository: Any, lookup: Any) -> AppointmentService:
    return AppointmentService(repository, lookup, lookup)


@pytest.mark.parametrize(("right", "person"), [(readable, ALICE), (readable, ADMIN)])
def test_people_reach_their_own_appointments_alone(right: Any, person: Person) -> None:
    assert right(person.actor).compare(owned_by(person.id))


@pytest.mark.parametrize(
    ("right", "person"), [(readable, RECEPTION), (readable, DOCTOR), (restorable, ADMIN)]
)
def test_some_reach_every_appointment(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [restorable])
@pytest.mark.parametrize("person", [ALICE, RECEPTION, DOCTOR])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_who_creates_an_appointment_is_its_booked_by(
    appointments: AppointmentService, repository: Any
) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda appointment: appointment

    appointment = await appointments.create(
        ALICE.actor,
        AppointmentCreate(
            patient_id=uuid4(),
            doctor_id=uuid4(),
            starts_at=datetime.fromisoformat("2030-01-01T18:30:00+00:00"),
            reason="A",
        ),
    )

    assert (appointment.booked_by_id, appointment.reason) == (ALICE.id, "A")


async def test_only_what_was_sent_is_changed(
    appointments: AppointmentService, repository: Any
) -> None:
    appointment = repository.lock.return_value = Appointment(id=uuid4())

    await appointments.update(
        ALICE.actor,
        appointment.id,
        AppointmentUpdate(starts_at=datetime.fromisoformat("2030-01-01T18:30:00+00:00")),
    )

    repository.change.assert_awaited_once_with(
        appointment, {"starts_at": datetime.fromisoformat("2030-01-01T18:30:00+00:00")}
    )


async def test_a_row_out_of_reach_is_not_found(
    appointments: AppointmentService, repository: Any
) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(AppointmentNotFound):
        await appointments.get(ALICE.actor, nowhere)
    with pytest.raises(AppointmentNotFound):
        await appointments.update(ALICE.actor, nowhere, AppointmentUpdate())
    with pytest.raises(AppointmentNotFound):
        await appointments.delete(ALICE.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_a_row_that_is_not_deleted_is_not_restored(
    appointments: AppointmentService, repository: Any
) -> None:
    repository.lock_deleted.return_value = None

    with pytest.raises(AppointmentNotFound):
        await appointments.restore(ADMIN.actor, uuid4())

    repository.restore.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    appointments: AppointmentService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await appointments.restore(ALICE.actor, uuid4())

    assert repository.mock_calls == []


async def test_a_patient_has_to_be_readable(
    appointments: AppointmentService, repository: Any, lookup: Any
) -> None:
    repository.lock.return_value = Appointment(id=uuid4())
    lookup.check.side_effect = PatientMissing

    with pytest.raises(PatientMissing):
        await appointments.create(
            ALICE.actor,
            AppointmentCreate(
                patient_id=uuid4(),
                doctor_id=uuid4(),
                starts_at=datetime.fromisoformat("2030-01-01T18:30:00+00:00"),
                reason="A",
            ),
        )
    with pytest.raises(PatientMissing):
        await appointments.update(ALICE.actor, uuid4(), AppointmentUpdate(patient_id=uuid4()))

    repository.save.assert_not_awaited()
    repository.change.assert_not_awaited()


async def test_a_follows_has_to_be_readable(
    appointments: AppointmentService, repository: Any, lookup: Any
) -> None:
    repository.lock.return_value = Appointment(id=uuid4())
    lookup.check.side_effect = FollowsMissing

    with pytest.raises(FollowsMissing):
        await appointments.create(
            ALICE.actor,
            AppointmentCreate(
                follows_id=uuid4(),
                patient_id=uuid4(),
                doctor_id=uuid4(),
                starts_at=datetime.fromisoformat("2030-01-01T18:30:00+00:00"),
                reason="A",
            ),
        )
    with pytest.raises(FollowsMissing):
        await appointments.update(ALICE.actor, uuid4(), AppointmentUpdate(follows_id=uuid4()))

    repository.save.assert_not_awaited()
    repository.change.assert_not_awaited()
