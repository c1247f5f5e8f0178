from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import Author
from app.repositories.author import AuthorRepository
from app.schemas.author import AuthorCreate, AuthorUpdate
from app.services.author import (
    AuthorNotFound,
    AuthorService,
    changeable,
    creatable,
    deletable,
    readable,
)
from app.tests.people import ADMIN, ALICE, EDITOR, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(AuthorRepository, instance=True)


@pytest.fixture
def authors(repository: Any) -> AuthorService:
    return AuthorService(repository)


def test_a_visitor_reads_every_author() -> None:
    assert readable(None).compare(EVERY)


@pytest.mark.parametrize(
    ("right", "person"),
    [
        (readable, ALICE),
        (readable, EDITOR),
        (readable, ADMIN),
        (changeable, EDITOR),
        (deletable, EDITOR),
    ],
)
def test_some_reach_every_author(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [creatable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, ADMIN])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_a_new_author_holds_what_was_sent(authors: AuthorService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda author: author

    author = await authors.create(EDITOR.actor, AuthorCreate(name="A"))

    assert author.name == "A"


async def test_only_what_was_sent_is_changed(authors: AuthorService, repository: Any) -> None:
    author = repository.lock.return_value = Author(id=uuid4())

    await authors.update(EDITOR.actor, author.id, AuthorUpdate(born=None))

    repository.change.assert_awaited_once_with(author, {"born": None})


async def test_a_row_out_of_reach_is_not_found(authors: AuthorService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(AuthorNotFound):
        await authors.get(EDITOR.actor, nowhere)
    with pytest.raises(AuthorNotFound):
        await authors.update(EDITOR.actor, nowhere, AuthorUpdate())
    with pytest.raises(AuthorNotFound):
        await authors.delete(EDITOR.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    authors: AuthorService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await authors.create(ALICE.actor, AuthorCreate(name="A"))
    with pytest.raises(Forbidden):
        await authors.update(ALICE.actor, uuid4(), AuthorUpdate())
    with pytest.raises(Forbidden):
        await authors.delete(ALICE.actor, uuid4())

    assert repository.mock_calls == []
