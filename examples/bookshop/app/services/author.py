from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import InUse, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Author
from app.repositories.author import AuthorRepository
from app.schemas.author import AuthorCreate, AuthorQuery, AuthorUpdate
from app.services.base import existing


class AuthorNotFound(NotFound):
    code = "AUTHOR_NOT_FOUND"
    error = "There is no such author."
    detail = "It may be gone, or not be yours to see or change."


class AuthorHasBooks(InUse):
    code = "AUTHOR_HAS_BOOKS"
    error = "Books still refer to this author."
    detail = "Delete or change the books first."
    constraint = "fk_books_author_id"


def readable(actor: Actor | None) -> Rows:
    """Everybody reads every author."""
    return EVERY


def creatable(actor: Actor) -> None:
    """Editors create authors."""
    actor.require(Role.EDITOR)


def changeable(actor: Actor) -> Rows:
    """Editors change every author."""
    actor.require(Role.EDITOR)
    return EVERY


def deletable(actor: Actor) -> Rows:
    """Editors delete every author."""
    actor.require(Role.EDITOR)
    return EVERY


class AuthorService:
    """What people may do with authors."""

    def __init__(self, authors: AuthorRepository) -> None:
        self._authors = authors

    async def page(self, actor: Actor | None, asked: AuthorQuery) -> Page[Author]:
        return await self._authors.page(readable(actor), asked)

    async def get(self, actor: Actor | None, author_id: UUID) -> Author:
        found = await self._authors.get(readable(actor), author_id)
        return existing(found, AuthorNotFound)

    async def create(self, actor: Actor, data: AuthorCreate) -> Author:
        creatable(actor)
        author = Author(**data.model_dump())
        return await self._authors.shown(await self._authors.save(author))

    async def update(self, actor: Actor, author_id: UUID, data: AuthorUpdate) -> Author:
        found = await self._authors.lock(changeable(actor), author_id)
        author = existing(found, AuthorNotFound)
        await self._authors.change(author, data.model_dump(exclude_unset=True))
        return await self._authors.shown(author)

    async def delete(self, actor: Actor, author_id: UUID) -> None:
        found = await self._authors.lock(deletable(actor), author_id)
        await self._authors.remove(existing(found, AuthorNotFound))
