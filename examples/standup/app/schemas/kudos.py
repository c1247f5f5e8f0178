from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.base import PageQuery, PageView, Payload, Search, Several, View
from app.schemas.types import Id, Text

ForWhat = Annotated[Text, Field(min_length=1, max_length=280, examples=["For what"])]


class KudosCreate(Payload):
    """A kudos to be."""

    to_person_id: Id
    for_what: ForWhat


class KudosRead(View):
    """A kudos, as people see it."""

    id: UUID
    from_person_id: UUID
    to_person_id: UUID
    for_what: str
    created_at: datetime
    updated_at: datetime


class KudosPage(PageView[KudosRead]):
    """One page of thanks."""


class KudosSort(StrEnum):
    """What a list of thanks can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"


class KudosQuery(PageQuery):
    """What a list of thanks may be asked."""

    q: Search | None = None
    sort: KudosSort = KudosSort.CREATED_AT_DOWN
    from_person_id: Several[Id] | None = None
    to_person_id: Several[Id] | None = None
