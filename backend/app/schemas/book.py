from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Search, Several, View
from app.schemas.types import Id, Text, Whole

Title = Annotated[Text, Field(min_length=1, max_length=200, examples=["The Left Hand of Darkness"])]
Author = Annotated[Text, Field(min_length=1, max_length=120, examples=["Ursula K. Le Guin"])]
Isbn = Annotated[str, Field(pattern=r"^97[89][0-9]{10}$", examples=["9780441478125"])]
Stars = Annotated[Whole, Field(ge=1, le=5, examples=[5])]


class BookCreate(Payload):
    """A book to be."""

    title: Title
    author: Author
    isbn: Isbn | None = None
    stars: Stars | None = None


class BookUpdate(Payload):
    """What to change of a book; what is left out stays as it is."""

    title: Title = UNCHANGED
    author: Author = UNCHANGED
    isbn: Isbn | None = UNCHANGED
    stars: Stars | None = UNCHANGED


class BookRead(View):
    """A book, as people see it."""

    id: UUID
    title: str
    author: str
    isbn: str | None
    stars: int | None
    owner_id: UUID
    created_at: datetime
    updated_at: datetime


class BookPage(PageView[BookRead]):
    """One page of books."""


class BookSort(StrEnum):
    """What a list of books can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    TITLE = "title"
    TITLE_DOWN = "-title"


class BookQuery(PageQuery):
    """What a list of books may be asked."""

    q: Search | None = None
    sort: BookSort = BookSort.CREATED_AT_DOWN
    author: Several[Author] | None = None
    stars: Several[Stars] | None = None
    stars_gte: Stars | None = None
    stars_lte: Stars | None = None
    stars_isnull: bool | None = None
    owner_id: Several[Id] | None = None
