from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Several, View
from app.schemas.types import Id, Text
from app.schemas.user import UserSummary

Name = Annotated[Text, Field(min_length=1, max_length=60, examples=["First desk"])]


class DeskCreate(Payload):
    """A desk to be."""

    name: Name
    lead_id: Id | None = None


class DeskUpdate(Payload):
    """What to change of a desk; what is left out stays as it is."""

    name: Name = UNCHANGED
    lead_id: Id | None = UNCHANGED


class DeskRead(View):
    """A desk, as people see it."""

    id: UUID
    name: str
    lead: UserSummary | None
    created_at: datetime
    updated_at: datetime


class DeskSummary(View):
    """A desk, as part of what refers to it."""

    id: UUID
    name: str
    lead_id: UUID | None


class DeskPage(PageView[DeskRead]):
    """One page of desks."""


class DeskSort(StrEnum):
    """What a list of desks can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    NAME = "name"
    NAME_DOWN = "-name"


class DeskQuery(PageQuery):
    """What a list of desks may be asked."""

    sort: DeskSort = DeskSort.CREATED_AT_DOWN
    lead_id: Several[Id] | None = None
    lead_id_isnull: bool | None = None
