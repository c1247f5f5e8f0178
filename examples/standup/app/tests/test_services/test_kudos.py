from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.db.rows import EVERY
from app.repositories.kudos import KudosRepository
from app.schemas.kudos import KudosCreate
from app.services.kudos import KudosNotFound, KudosService, readable
from app.tests.people import ADMIN, ALICE, LEAD, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(KudosRepository, instance=True)


@pytest.fixture
def thanks(repository: Any) -> KudosService:
    return KudosService(repository)


@pytest.mark.parametrize("right", [readable])
@pytest.mark.parametrize("person", [ALICE, LEAD, ADMIN])
def test_some_reach_every_kudos(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


async def test_who_creates_a_kudos_owns_it(thanks: KudosService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda kudos: kudos

    kudos = await thanks.create(ALICE.actor, KudosCreate(to_person_id=uuid4(), for_what="A"))

    assert (kudos.from_person_id, kudos.for_what) == (ALICE.id, "A")


async def test_a_row_out_of_reach_is_not_found(thanks: KudosService, repository: Any) -> None:
    repository.get.return_value = None
    nowhere = uuid4()

    with pytest.raises(KudosNotFound):
        await thanks.get(ALICE.actor, nowhere)
