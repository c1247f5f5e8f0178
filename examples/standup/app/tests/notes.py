"""A resource of the tests' own, for what every resource of every project relies on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import MetaData, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import CreateTable, DropTable

from app.api.links import Links
from app.api.route import Route
from app.api.v1.dependencies import Session, SignedIn
from app.core.errors import Conflict
from app.db.base import NAMING, Entity
from app.db.database import Database
from app.db.page import MOMENT, TEXT, WHOLE, Page, SortKey, first_when_missing, sort_keys
from app.db.rows import EVERY, Rows, any_of
from app.repositories.base import Repository
from app.schemas.base import PageQuery, PageView, Payload, View


class NoteTaken(Conflict):
    code = "TEST_NOTE_TAKEN"
    error = "There is a note of this title."
    detail = "Choose another title."
    constraint = "uq_test_notes_title"


class Note(Entity):
    """A few words, with stars or without."""

    __tablename__ = "test_notes"
    # Apart from the tables of the application, which migrations build and all tests empty.
    metadata = MetaData(naming_convention=NAMING)

    title: Mapped[str] = mapped_column(String(200))
    label: Mapped[str | None] = mapped_column(String(40))
    stars: Mapped[int | None]


class NoteSort(StrEnum):
    CREATED_AT_DOWN = "-created_at"
    LABEL = "label"
    LABEL_DOWN = "-label"
    STARS = "stars"
    STARS_DOWN = "-stars"
    TITLE = "title"


STARS = first_when_missing(Note.stars, "0")
LABEL = first_when_missing(Note.label, "''")
SORT_KEYS = sort_keys(
    SortKey(NoteSort.CREATED_AT_DOWN, Note.created_at, MOMENT),
    SortKey(NoteSort.LABEL, LABEL, TEXT),
    SortKey(NoteSort.LABEL_DOWN, LABEL, TEXT),
    SortKey(NoteSort.STARS, STARS, WHOLE),
    SortKey(NoteSort.STARS_DOWN, STARS, WHOLE),
    SortKey(NoteSort.TITLE, Note.title, TEXT),
)


class NoteQuery(PageQuery):
    sort: NoteSort = NoteSort.CREATED_AT_DOWN
    stars: list[int] | None = None


class NoteCreate(Payload):
    title: str
    label: str | None = None
    stars: int | None = None


class NoteRead(View):
    id: UUID
    title: str


class NoteRepository(Repository[Note]):
    model = Note
    read = select(Note)

    async def page(self, asked: NoteQuery, rows: Rows = EVERY) -> Page[Note]:
        query = self.read.where(rows, any_of(Note.stars, asked.stars))
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)


Linked = Annotated[Links, Depends()]
AskedNotes = Annotated[NoteQuery, Query()]
router = APIRouter(prefix="/notes", route_class=Route)


@router.get("", response_model=PageView[NoteRead])
async def list_notes(_: SignedIn, session: Session, asked: AskedNotes, links: Linked) -> Page[Note]:
    return links.paged(await NoteRepository(session).page(asked))


@router.post("", response_model=NoteRead, status_code=201)
async def create_note(_: SignedIn, session: Session, data: NoteCreate, links: Linked) -> Note:
    return links.created(await NoteRepository(session).save(Note(**data.model_dump())))


@router.patch("/{note_id}", status_code=204)
async def rate_note(_: SignedIn, session: Session, note_id: UUID, stars: int) -> None:
    await session.execute(update(Note).where(Note.id == note_id).values(stars=stars))


@router.delete("/{note_id}", status_code=204)
async def delete_note(_: SignedIn, session: Session, note_id: UUID) -> None:
    await session.execute(delete(Note).where(Note.id == note_id))


async def add_note(database: Database, title: str = "A note", **values: Any) -> Note:
    async with database.writes() as session:
        return await NoteRepository(session).save(Note(title=title, **values))


async def forget_notes(database: Database) -> None:
    async with database.apart() as session:
        await session.execute(delete(Note))


async def titles(database: Database) -> list[str]:
    """Say which notes there are, the first one first."""
    async with database.reads() as session:
        return list(await session.scalars(select(Note.title).order_by(Note.id)))


@asynccontextmanager
async def notes_in(database: Database) -> AsyncIterator[None]:
    """Lend a database the table of notes."""
    table = Note.metadata.tables[Note.__tablename__]
    async with database.apart() as session:
        await session.execute(CreateTable(table))
    try:
        yield
    finally:
        async with database.apart() as session:
            await session.execute(DropTable(table))
