from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Search, Several, View
from app.schemas.types import Id, Slug

Name = Annotated[Slug, Field(max_length=40, examples=["name"])]


class TopicCreate(Payload):
    """A topic to be."""

    name: Name
    parent_id: Id | None = None


class TopicUpdate(Payload):
    """What to change of a topic; what is left out stays as it is."""

    name: Name = UNCHANGED
    parent_id: Id | None = UNCHANGED


class TopicRead(View):
    """A topic, as people see it."""

    id: UUID
    name: str
    parent_id: UUID | None
    created_at: datetime
    updated_at: datetime


class TopicPage(PageView[TopicRead]):
    """One page of topics."""


class TopicSort(StrEnum):
    """What a list of topics can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    NAME = "name"
    NAME_DOWN = "-name"


class TopicQuery(PageQuery):
    """What a list of topics may be asked."""

    q: Search | None = None
    sort: TopicSort = TopicSort.CREATED_AT_DOWN
    parent_id: Several[Id] | None = None
    parent_id_isnull: bool | None = None
