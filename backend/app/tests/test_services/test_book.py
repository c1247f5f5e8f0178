from typing import Any
from unittest.mock import AsyncMock, create_autospec
from uuid import UUID, uuid4

import pytest

from app.models import Book
from app.repositories.book import BookRepository, owned_by
from app.schemas.book import BookCreate, BookUpdate
from app.services.book import BookNotFound, BookService, changeable, deletable, readable
from app.tests.people import ADMIN, ALICE
from app.tests.samples.book import a_book


@pytest.fixture
def repository() -> Any:
    return create_autospec(BookRepository, instance=True)


@pytest.fixture
def books(repository: Any) -> BookService:
    return BookService(repository)


@pytest.mark.parametrize("right", [readable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, ADMIN])
def test_people_reach_their_own_books_alone(right: Any, person: Any) -> None:
    assert right(person.actor).compare(owned_by(person.id))


async def test_who_creates_a_book_owns_it(books: BookService, repository: Any) -> None:
    repository.save = AsyncMock(side_effect=lambda book: book)
    repository.shown = AsyncMock(side_effect=lambda book: book)

    book = await books.create(ALICE.actor, BookCreate.model_validate(a_book(title="New")))

    assert (book.owner_id, book.title) == (ALICE.id, "New")


async def test_only_what_was_sent_is_changed(books: BookService, repository: Any) -> None:
    book = repository.lock.return_value = Book(id=uuid4())

    await books.update(ALICE.actor, book.id, BookUpdate(stars=None))

    repository.change.assert_awaited_once_with(book, {"stars": None})


@pytest.mark.parametrize("case", ["get", "update", "delete"])
async def test_a_row_that_is_not_theirs_is_not_found(
    books: BookService, repository: Any, case: str
) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere: UUID = uuid4()
    asked: dict[str, tuple[Any, ...]] = {"update": (BookUpdate(),)}

    with pytest.raises(BookNotFound):
        await getattr(books, case)(ALICE.actor, nowhere, *asked.get(case, ()))

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()
