from datetime import datetime, time
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.models.series import SeriesEvery
from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Several, View
from app.schemas.types import Clock, Id, Text

Title = Annotated[Text, Field(min_length=1, max_length=80, examples=["First series"])]
Every = Annotated[SeriesEvery, Field(strict=False, examples=["day"])]
StartsAt = Annotated[Clock, Field(examples=["18:30:00"])]


class SeriesCreate(Payload):
    """A series to be."""

    team_id: Id
    title: Title
    every: Every = SeriesEvery.WEEK
    starts_at: StartsAt


class SeriesUpdate(Payload):
    """What to change of a series; what is left out stays as it is."""

    team_id: Id = UNCHANGED
    title: Title = UNCHANGED
    every: Every = UNCHANGED
    starts_at: StartsAt = UNCHANGED


class SeriesRead(View):
    """A series, as people see it."""

    id: UUID
    team_id: UUID
    title: str
    every: SeriesEvery
    starts_at: time
    created_at: datetime
    updated_at: datetime


class SeriesPage(PageView[SeriesRead]):
    """One page of meeting series."""


class SeriesSort(StrEnum):
    """What a list of meeting series can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    TITLE = "title"
    TITLE_DOWN = "-title"


class SeriesQuery(PageQuery):
    """What a list of meeting series may be asked."""

    sort: SeriesSort = SeriesSort.CREATED_AT_DOWN
    team_id: Several[Id] | None = None
