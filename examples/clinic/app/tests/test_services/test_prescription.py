from decimal import Decimal
from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.repositories.prescription import PrescriptionRepository, owned_by
from app.schemas.prescription import PrescriptionCreate
from app.services.base import Lookup
from app.services.prescription import (
    AppointmentMissing,
    PrescriptionNotFound,
    PrescriptionService,
    creatable,
    readable,
)
from app.tests.people import ADMIN, ALICE, DOCTOR, RECEPTION, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(PrescriptionRepository, instance=True)


@pytest.fixture
def lookup() -> Any:
    return create_autospec(Lookup, instance=True)


@pytest.fixture
def prescriptions(repository: Any, lookup: Any) -> PrescriptionService:
    return PrescriptionService(repository, lookup)


@pytest.mark.parametrize("right", [readable])
@pytest.mark.parametrize("person", [ALICE, RECEPTION, ADMIN])
def test_people_reach_their_own_prescriptions_alone(right: Any, person: Person) -> None:
    assert right(person.actor).compare(owned_by(person.id))


@pytest.mark.parametrize(("right", "person"), [(readable, DOCTOR)])
def test_some_reach_every_prescription(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [creatable])
@pytest.mark.parametrize("person", [ALICE, RECEPTION, ADMIN])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_a_new_prescription_holds_what_was_sent(
    prescriptions: PrescriptionService, repository: Any
) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda prescription: prescription

    prescription = await prescriptions.create(
        DOCTOR.actor,
        PrescriptionCreate(appointment_id=uuid4(), drug="A", daily_dose=Decimal("1.00")),
    )

    assert prescription.drug == "A"


async def test_a_row_out_of_reach_is_not_found(
    prescriptions: PrescriptionService, repository: Any
) -> None:
    repository.get.return_value = None
    nowhere = uuid4()

    with pytest.raises(PrescriptionNotFound):
        await prescriptions.get(DOCTOR.actor, nowhere)


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    prescriptions: PrescriptionService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await prescriptions.create(
            ALICE.actor,
            PrescriptionCreate(appointment_id=uuid4(), drug="A", daily_dose=Decimal("1.00")),
        )

    assert repository.mock_calls == []


async def test_a_appointment_has_to_be_readable(
    prescriptions: PrescriptionService, repository: Any, lookup: Any
) -> None:
    lookup.check.side_effect = AppointmentMissing

    with pytest.raises(AppointmentMissing):
        await prescriptions.create(
            DOCTOR.actor,
            PrescriptionCreate(appointment_id=uuid4(), drug="A", daily_dose=Decimal("1.00")),
        )

    repository.save.assert_not_awaited()
