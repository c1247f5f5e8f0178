from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.amounts import digits
from app.schemas.author import AuthorSummary
from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Search, Several, View
from app.schemas.types import Amount, Id, Text

Title = Annotated[Text, Field(min_length=1, max_length=200, examples=["First book"])]
Isbn = Annotated[str, Field(pattern=r"^97[89][0-9]{10}$", examples=["9780000000001"])]
Price = Annotated[Amount, digits(10, 2, ge=0), Field(examples=["9.50"])]


class BookCreate(Payload):
    """A book to be."""

    title: Title
    isbn: Isbn
    price: Price
    author_id: Id


class BookUpdate(Payload):
    """What to change of a book; what is left out stays as it is."""

    title: Title = UNCHANGED
    isbn: Isbn = UNCHANGED
    price: Price = UNCHANGED
    author_id: Id = UNCHANGED


class BookRead(View):
    """A book, as people see it."""

    id: UUID
    title: str
    isbn: str
    price: Decimal
    author: AuthorSummary
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
    PRICE = "price"
    PRICE_DOWN = "-price"


class BookQuery(PageQuery):
    """What a list of books may be asked."""

    q: Search | None = None
    sort: BookSort = BookSort.CREATED_AT_DOWN
    price: Several[Price] | None = None
    price_gte: Price | None = None
    price_lte: Price | None = None
    author_id: Several[Id] | None = None
