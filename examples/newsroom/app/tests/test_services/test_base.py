from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.actor import Actor
from app.core.errors import Conflict, Forbidden
from app.db.rows import EVERY, Rows
from app.repositories.base import Repository
from app.services.base import Lookup
from app.tests.people import ALICE


class ShelfMissing(Conflict):
    code = "TEST_SHELF_MISSING"
    error = "There is no such shelf."
    detail = "Send the id of one that exists."


def open_to_all(_actor: Actor) -> Rows:
    return EVERY


def closed_to_all(_actor: Actor) -> Rows:
    raise Forbidden


@pytest.fixture
def shelves() -> Any:
    return create_autospec(Repository, instance=True)


async def test_people_may_refer_to_what_they_may_read(shelves: Any) -> None:
    await Lookup(shelves, open_to_all).check(ALICE.actor, shelf := uuid4(), ShelfMissing)

    shelves.hold_all.assert_awaited_once_with(EVERY, [shelf])


async def test_a_row_that_they_may_not_read_is_as_good_as_missing(shelves: Any) -> None:
    shelves.hold_all.return_value = False

    with pytest.raises(ShelfMissing):
        await Lookup(shelves, open_to_all).check(ALICE.actor, uuid4(), ShelfMissing)


async def test_so_is_one_that_only_others_may_read(shelves: Any) -> None:
    with pytest.raises(ShelfMissing):
        await Lookup(shelves, closed_to_all).check(ALICE.actor, uuid4(), ShelfMissing)

    shelves.hold_all.assert_not_awaited()


async def test_people_may_refer_to_many_that_they_may_read(shelves: Any) -> None:
    await Lookup(shelves, open_to_all).check_all(ALICE.actor, ids := [uuid4()], ShelfMissing)

    shelves.hold_all.assert_awaited_once_with(EVERY, ids)


async def test_one_of_many_that_they_may_not_read_is_missing(shelves: Any) -> None:
    shelves.hold_all.return_value = False

    with pytest.raises(ShelfMissing):
        await Lookup(shelves, open_to_all).check_all(ALICE.actor, [uuid4()], ShelfMissing)
    with pytest.raises(ShelfMissing):
        await Lookup(shelves, closed_to_all).check_all(ALICE.actor, [uuid4()], ShelfMissing)


async def test_nothing_is_looked_for_where_nothing_is_referred_to(shelves: Any) -> None:
    await Lookup(shelves, closed_to_all).check(ALICE.actor, None, ShelfMissing)
    await Lookup(shelves, closed_to_all).check_all(ALICE.actor, [], ShelfMissing)

    shelves.hold_all.assert_not_awaited()
