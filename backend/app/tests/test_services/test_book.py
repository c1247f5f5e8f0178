from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.models import Book
from app.repositories.book import BookRepository, owned_by
from app.schemas.book import BookCreate, BookUpdate
from app.services.book import BookNotFound, BookService, changeable, deletable, readable
from app.tests.people import ADMIN, ALICE, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(BookRepository, instance=True)


@pytest.fixture
def books(repository: Any) -> BookService:
    return BookService(repository)


@pytest.mark.parametrize("right", [readable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, ADMIN])
def test_people_reach_their_own_books_alone(right: Any, person: Person) -> None:
    assert right(person.actor).compare(owned_by(person.id))


async def test_who_creates_a_book_owns_it(books: BookService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda book: book

    book = await books.create(ALICE.actor, BookCreate(title="A", author="A"))

    assert (book.owner_id, book.title) == (ALICE.id, "A")


async def test_only_what_was_sent_is_changed(books: BookService, repository: Any) -> None:
    book = repository.lock.return_value = Book(id=uuid4())

    await books.update(ALICE.actor, book.id, BookUpdate(isbn=None))

    repository.change.assert_awaited_once_with(book, {"isbn": None})


async def test_a_row_out_of_reach_is_not_found(books: BookService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(BookNotFound):
        await books.get(ALICE.actor, nowhere)
    with pytest.raises(BookNotFound):
        await books.update(ALICE.actor, nowhere, BookUpdate())
    with pytest.raises(BookNotFound):
        await books.delete(ALICE.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()
