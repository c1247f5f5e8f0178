from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Search, View
from app.schemas.types import Day, Text

Name = Annotated[Text, Field(min_length=1, max_length=120, examples=["First author"])]
Born = Annotated[Day, Field(examples=["2030-12-31"])]


class AuthorCreate(Payload):
    """An author to be."""

    name: Name
    born: Born | None = None


class AuthorUpdate(Payload):
    """What to change of an author; what is left out stays as it is."""

    name: Name = UNCHANGED
    born: Born | None = UNCHANGED


class AuthorRead(View):
    """An author, as people see it."""

    id: UUID
    name: str
    born: date | None
    created_at: datetime
    updated_at: datetime


class AuthorSummary(View):
    """An author, as part of what refers to it."""

    id: UUID
    name: str
    born: date | None


class AuthorPage(PageView[AuthorRead]):
    """One page of authors."""


class AuthorSort(StrEnum):
    """What a list of authors can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    NAME = "name"
    NAME_DOWN = "-name"


class AuthorQuery(PageQuery):
    """What a list of authors may be asked."""

    q: Search | None = None
    sort: AuthorSort = AuthorSort.CREATED_AT_DOWN
