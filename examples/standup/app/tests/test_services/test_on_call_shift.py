from datetime import datetime
from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import OnCallShift
from app.repositories.on_call_shift import OnCallShiftRepository
from app.schemas.on_call_shift import OnCallShiftCreate, OnCallShiftUpdate
from app.services.on_call_shift import (
    OnCallShiftNotFound,
    OnCallShiftService,
    changeable,
    creatable,
    deletable,
    readable,
)
from app.tests.people import ADMIN, ALICE, LEAD, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(OnCallShiftRepository, instance=True)


@pytest.fixture
def on_call_shifts(repository: Any) -> OnCallShiftService:
    return OnCallShiftService(repository)


@pytest.mark.parametrize(
    ("right", "person"),
    [(readable, ALICE), (readable, LEAD), (readable, ADMIN), (changeable, LEAD), (deletable, LEAD)],
)
def test_some_reach_every_on_call_shift(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [creatable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, ADMIN])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_a_new_on_call_shift_holds_what_was_sent(
    on_call_shifts: OnCallShiftService, repository: Any
) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda on_call_shift: on_call_shift

    on_call_shift = await on_call_shifts.create(
        LEAD.actor,
        OnCallShiftCreate(
            team_id=uuid4(),
            person_id=uuid4(),
            begins_at=datetime.fromisoformat("2030-01-01T18:30:00+00:00"),
            ends_at=datetime.fromisoformat("2030-01-01T18:30:00+00:00"),
        ),
    )

    assert on_call_shift.begins_at == datetime.fromisoformat("2030-01-01T18:30:00+00:00")


async def test_only_what_was_sent_is_changed(
    on_call_shifts: OnCallShiftService, repository: Any
) -> None:
    on_call_shift = repository.lock.return_value = OnCallShift(id=uuid4())

    await on_call_shifts.update(
        LEAD.actor,
        on_call_shift.id,
        OnCallShiftUpdate(begins_at=datetime.fromisoformat("2030-01-01T18:30:00+00:00")),
    )

    repository.change.assert_awaited_once_with(
        on_call_shift, {"begins_at": datetime.fromisoformat("2030-01-01T18:30:00+00:00")}
    )


async def test_a_row_out_of_reach_is_not_found(
    on_call_shifts: OnCallShiftService, repository: Any
) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(OnCallShiftNotFound):
        await on_call_shifts.get(LEAD.actor, nowhere)
    with pytest.raises(OnCallShiftNotFound):
        await on_call_shifts.update(LEAD.actor, nowhere, OnCallShiftUpdate())
    with pytest.raises(OnCallShiftNotFound):
        await on_call_shifts.delete(LEAD.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    on_call_shifts: OnCallShiftService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await on_call_shifts.create(
            ALICE.actor,
            OnCallShiftCreate(
                team_id=uuid4(),
                person_id=uuid4(),
                begins_at=datetime.fromisoformat("2030-01-01T18:30:00+00:00"),
                ends_at=datetime.fromisoformat("2030-01-01T18:30:00+00:00"),
            ),
        )
    with pytest.raises(Forbidden):
        await on_call_shifts.update(ALICE.actor, uuid4(), OnCallShiftUpdate())
    with pytest.raises(Forbidden):
        await on_call_shifts.delete(ALICE.actor, uuid4())

    assert repository.mock_calls == []
