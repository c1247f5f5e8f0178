from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Search, Several, View
from app.schemas.json import AnyJson
from app.schemas.types import Base64, BigWhole, Day, Id, Text

WhatHappened = Annotated[
    Text, Field(min_length=1, max_length=20_000, examples=["A few words, to begin with."])
]
HappenedOn = Annotated[Day, Field(examples=["2030-12-31"])]
DurationS = Annotated[BigWhole, Field(ge=0, examples=[3])]
IsPublic = Annotated[bool, Field(examples=[True])]
RawData = Annotated[AnyJson, Field(examples=[{"colour": "red", "sizes": [1, 2.5]}])]
Screenshot = Annotated[Base64, Field(examples=["aGVsbG8="])]


class AnalysisCreate(Payload):
    """An analysis to be."""

    team_id: Id
    what_happened: WhatHappened
    happened_on: HappenedOn
    duration_s: DurationS | None = None
    is_public: IsPublic = False
    raw_data: RawData | None = None
    screenshot: Screenshot | None = None


class AnalysisUpdate(Payload):
    """What to change of an analysis; what is left out stays as it is."""

    team_id: Id = UNCHANGED
    what_happened: WhatHappened = UNCHANGED
    happened_on: HappenedOn = UNCHANGED
    duration_s: DurationS | None = UNCHANGED
    is_public: IsPublic = UNCHANGED
    raw_data: RawData | None = UNCHANGED
    screenshot: Screenshot | None = UNCHANGED


class AnalysisRead(View):
    """An analysis, as people see it."""

    id: UUID
    team_id: UUID
    what_happened: str
    happened_on: date
    duration_s: int | None
    is_public: bool
    raw_data: Any | None
    screenshot: Base64 | None
    author_id: UUID
    created_at: datetime
    updated_at: datetime


class AnalysisPage(PageView[AnalysisRead]):
    """One page of analyses."""


class AnalysisSort(StrEnum):
    """What a list of analyses can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    HAPPENED_ON = "happened_on"
    HAPPENED_ON_DOWN = "-happened_on"
    DURATION_S = "duration_s"
    DURATION_S_DOWN = "-duration_s"


class AnalysisQuery(PageQuery):
    """What a list of analyses may be asked."""

    q: Search | None = None
    sort: AnalysisSort = AnalysisSort.CREATED_AT_DOWN
    team_id: Several[Id] | None = None
    happened_on: Several[HappenedOn] | None = None
    happened_on_gte: HappenedOn | None = None
    happened_on_lte: HappenedOn | None = None
    is_public: Several[IsPublic] | None = None
    author_id: Several[Id] | None = None
