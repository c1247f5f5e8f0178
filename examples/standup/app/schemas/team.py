from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Several, View
from app.schemas.types import Id, Ids, Text

Name = Annotated[Text, Field(min_length=1, max_length=60, examples=["First team"])]
MemberIds = Annotated[
    Ids, Field(max_length=100, examples=[["0198c0de-7a7b-7c0f-8d1e-2f3a4b5c6d00"]])
]


class TeamCreate(Payload):
    """A team to be."""

    name: Name
    member_ids: MemberIds = Field(default_factory=list)


class TeamUpdate(Payload):
    """What to change of a team; what is left out stays as it is."""

    name: Name = UNCHANGED
    member_ids: MemberIds = UNCHANGED


class TeamRead(View):
    """A team, as people see it."""

    id: UUID
    name: str
    member_ids: list[UUID]
    created_at: datetime
    updated_at: datetime


class TeamPage(PageView[TeamRead]):
    """One page of teams."""


class TeamSort(StrEnum):
    """What a list of teams can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    NAME = "name"
    NAME_DOWN = "-name"


class TeamQuery(PageQuery):
    """What a list of teams may be asked."""

    sort: TeamSort = TeamSort.CREATED_AT_DOWN
    member_ids: Several[Id] | None = None
