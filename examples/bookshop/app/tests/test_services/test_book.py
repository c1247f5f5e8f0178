from decimal import Decimal
from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import Book
from app.repositories.book import BookRepository
from app.schemas.book import BookCreate, BookUpdate
from app.services.book import BookNotFound, BookService, changeable, creatable, deletable, readable
from app.tests.people import ADMIN, ALICE, EDITOR, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(BookRepository, instance=True)


@pytest.fixture
def books(repository: Any) -> BookService:
    return BookService(repository)


def test_a_visitor_reads_every_book() -> None:
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
def test_some_reach_every_book(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [creatable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, ADMIN])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_a_new_book_holds_what_was_sent(books: BookService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda book: book

    book = await books.create(
        EDITOR.actor,
        BookCreate(title="A", isbn="9780000000000", price=Decimal("1.00"), author_id=uuid4()),
    )

    assert book.title == "A"


async def test_only_what_was_sent_is_changed(books: BookService, repository: Any) -> None:
    book = repository.lock.return_value = Book(id=uuid4())

    await books.update(EDITOR.actor, book.id, BookUpdate(title="A"))

    repository.change.assert_awaited_once_with(book, {"title": "A"})


async def test_a_row_out_of_reach_is_not_found(books: BookService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(BookNotFound):
        await books.get(EDITOR.actor, nowhere)
    with pytest.raises(BookNotFound):
        await books.update(EDITOR.actor, nowhere, BookUpdate())
    with pytest.raises(BookNotFound):
        await books.delete(EDITOR.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    books: BookService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await books.create(
            ALICE.actor,
            BookCreate(title="A", isbn="9780000000000", price=Decimal("1.00"), author_id=uuid4()),
        )
    with pytest.raises(Forbidden):
        await books.update(ALICE.actor, uuid4(), BookUpdate())
    with pytest.raises(Forbidden):
        await books.delete(ALICE.actor, uuid4())

    assert repository.mock_calls == []
