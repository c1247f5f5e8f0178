from datetime import time
from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import Series
from app.repositories.series import SeriesRepository
from app.schemas.series import SeriesCreate, SeriesUpdate
from app.services.series import (
    SeriesNotFound,
    SeriesService,
    changeable,
    creatable,
    deletable,
    readable,
)
from app.tests.people import ADMIN, ALICE, LEAD, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(SeriesRepository, instance=True)


@pytest.fixture
def meeting_series(repository: Any) -> SeriesService:
    return SeriesService(repository)


@pytest.mark.parametrize(
    ("right", "person"),
    [(readable, ALICE), (readable, LEAD), (readable, ADMIN), (changeable, LEAD), (deletable, LEAD)],
)
def test_some_reach_every_series(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [creatable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, ADMIN])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_a_new_series_holds_what_was_sent(
    meeting_series: SeriesService, repository: Any
) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda series: series

    series = await meeting_series.create(
        LEAD.actor, SeriesCreate(team_id=uuid4(), title="A", starts_at=time(8, 0))
    )

    assert series.title == "A"


async def test_only_what_was_sent_is_changed(
    meeting_series: SeriesService, repository: Any
) -> None:
    series = repository.lock.return_value = Series(id=uuid4())

    await meeting_series.update(LEAD.actor, series.id, SeriesUpdate(title="A"))

    repository.change.assert_awaited_once_with(series, {"title": "A"})


async def test_a_row_out_of_reach_is_not_found(
    meeting_series: SeriesService, repository: Any
) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(SeriesNotFound):
        await meeting_series.get(LEAD.actor, nowhere)
    with pytest.raises(SeriesNotFound):
        await meeting_series.update(LEAD.actor, nowhere, SeriesUpdate())
    with pytest.raises(SeriesNotFound):
        await meeting_series.delete(LEAD.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    meeting_series: SeriesService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await meeting_series.create(
            ALICE.actor, SeriesCreate(team_id=uuid4(), title="A", starts_at=time(8, 0))
        )
    with pytest.raises(Forbidden):
        await meeting_series.update(ALICE.actor, uuid4(), SeriesUpdate())
    with pytest.raises(Forbidden):
        await meeting_series.delete(ALICE.actor, uuid4())

    assert repository.mock_calls == []
