from uuid import UUID

from app.core.actor import Actor
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import Rows
from app.models import Book
from app.repositories.book import BookRepository, owned_by
from app.schemas.book import BookCreate, BookQuery, BookUpdate
from app.services.base import existing


class BookNotFound(NotFound):
    code = "BOOK_NOT_FOUND"
    error = "There is no such book."
    detail = "It may be gone, or not be yours to see or change."


class IsbnTaken(Conflict):
    code = "BOOK_OWNER_ISBN_TAKEN"
    error = "You have a book with this isbn."
    detail = "Choose another isbn."
    constraint = "uq_books_owner_id_isbn"


def readable(actor: Actor) -> Rows:
    """Owners read their own books."""
    return owned_by(actor.id)


def changeable(actor: Actor) -> Rows:
    """Owners change their own books."""
    return owned_by(actor.id)


def deletable(actor: Actor) -> Rows:
    """Owners delete their own books."""
    return owned_by(actor.id)


class BookService:
    """What people may do with books."""

    def __init__(self, books: BookRepository) -> None:
        self._books = books

    async def page(self, actor: Actor, asked: BookQuery) -> Page[Book]:
        return await self._books.page(readable(actor), asked)

    async def get(self, actor: Actor, book_id: UUID) -> Book:
        found = await self._books.get(readable(actor), book_id)
        return existing(found, BookNotFound)

    async def create(self, actor: Actor, data: BookCreate) -> Book:
        book = Book(owner_id=actor.id, **data.model_dump())
        return await self._books.shown(await self._books.save(book))

    async def update(self, actor: Actor, book_id: UUID, data: BookUpdate) -> Book:
        found = await self._books.lock(changeable(actor), book_id)
        book = existing(found, BookNotFound)
        await self._books.change(book, data.model_dump(exclude_unset=True))
        return await self._books.shown(book)

    async def delete(self, actor: Actor, book_id: UUID) -> None:
        found = await self._books.lock(deletable(actor), book_id)
        await self._books.remove(existing(found, BookNotFound))
