from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Book
from app.repositories.book import BookRepository
from app.schemas.book import BookCreate, BookQuery, BookUpdate
from app.services.base import existing


class BookNotFound(NotFound):
    code = "BOOK_NOT_FOUND"
    error = "There is no such book."
    detail = "It may be gone, or not be yours to see or change."


class IsbnTaken(Conflict):
    code = "BOOK_ISBN_TAKEN"
    error = "A book with this isbn exists."
    detail = "Choose another isbn."
    constraint = "uq_books_isbn"


class AuthorMissing(Conflict):
    code = "BOOK_AUTHOR_MISSING"
    error = "There is no such author."
    detail = "Send the id of an author that exists."
    constraint = "fk_books_author_id"


def readable(actor: Actor | None) -> Rows:
    """Everybody reads every book."""
    return EVERY


def creatable(actor: Actor) -> None:
    """Editors create books."""
    actor.require(Role.EDITOR)


def changeable(actor: Actor) -> Rows:
    """Editors change every book."""
    actor.require(Role.EDITOR)
    return EVERY


def deletable(actor: Actor) -> Rows:
    """Editors delete every book."""
    actor.require(Role.EDITOR)
    return EVERY


class BookService:
    """What people may do with books."""

    def __init__(self, books: BookRepository) -> None:
        self._books = books

    async def page(self, actor: Actor | None, asked: BookQuery) -> Page[Book]:
        return await self._books.page(readable(actor), asked)

    async def get(self, actor: Actor | None, book_id: UUID) -> Book:
        found = await self._books.get(readable(actor), book_id)
        return existing(found, BookNotFound)

    async def create(self, actor: Actor, data: BookCreate) -> Book:
        creatable(actor)
        book = Book(**data.model_dump())
        return await self._books.shown(await self._books.save(book))

    async def update(self, actor: Actor, book_id: UUID, data: BookUpdate) -> Book:
        found = await self._books.lock(changeable(actor), book_id)
        book = existing(found, BookNotFound)
        await self._books.change(book, data.model_dump(exclude_unset=True))
        return await self._books.shown(book)

    async def delete(self, actor: Actor, book_id: UUID) -> None:
        found = await self._books.lock(deletable(actor), book_id)
        await self._books.remove(existing(found, BookNotFound))
