from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import Desk
from app.repositories.desk import DeskRepository
from app.schemas.desk import DeskCreate, DeskUpdate
from app.services.desk import DeskNotFound, DeskService, changeable, creatable, deletable, readable
from app.tests.people import ADMIN, ALICE, EDITOR, WRITER, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(DeskRepository, instance=True)


@pytest.fixture
def desks(repository: Any) -> DeskService:
    return DeskService(repository)


def test_a_visitor_reads_every_desk() -> None:
    assert readable(None).compare(EVERY)


@pytest.mark.parametrize(
    ("right", "person"),
    [
        (readable, ALICE),
        (readable, WRITER),
        (readable, EDITOR),
        (readable, ADMIN),
        (changeable, ADMIN),
        (deletable, ADMIN),
    ],
)
def test_some_reach_every_desk(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [creatable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, WRITER, EDITOR])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_a_new_desk_holds_what_was_sent(desks: DeskService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda desk: desk

    desk = await desks.create(ADMIN.actor, DeskCreate(name="A"))

    assert desk.name == "A"


async def test_only_what_was_sent_is_changed(desks: DeskService, repository: Any) -> None:
    desk = repository.lock.return_value = Desk(id=uuid4())

    await desks.update(ADMIN.actor, desk.id, DeskUpdate(name="A"))

    repository.change.assert_awaited_once_with(desk, {"name": "A"})


async def test_a_row_out_of_reach_is_not_found(desks: DeskService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(DeskNotFound):
        await desks.get(ADMIN.actor, nowhere)
    with pytest.raises(DeskNotFound):
        await desks.update(ADMIN.actor, nowhere, DeskUpdate())
    with pytest.raises(DeskNotFound):
        await desks.delete(ADMIN.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    desks: DeskService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await desks.create(ALICE.actor, DeskCreate(name="A"))
    with pytest.raises(Forbidden):
        await desks.update(ALICE.actor, uuid4(), DeskUpdate())
    with pytest.raises(Forbidden):
        await desks.delete(ALICE.actor, uuid4())

    assert repository.mock_calls == []
