from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Several, View
from app.schemas.types import Id, Moment

BeginsAt = Annotated[Moment, Field(examples=["2030-12-31T18:30:00Z"])]
EndsAt = Annotated[Moment, Field(examples=["2030-12-31T18:30:00Z"])]


class OnCallShiftCreate(Payload):
    """An on call shift to be."""

    team_id: Id
    person_id: Id
    begins_at: BeginsAt
    ends_at: EndsAt
    swapped_with_id: Id | None = None


class OnCallShiftUpdate(Payload):
    """What to change of an on call shift; what is left out stays as it is."""

    team_id: Id = UNCHANGED
    person_id: Id = UNCHANGED
    begins_at: BeginsAt = UNCHANGED
    ends_at: EndsAt = UNCHANGED
    swapped_with_id: Id | None = UNCHANGED


class OnCallShiftRead(View):
    """An on call shift, as people see it."""

    id: UUID
    team_id: UUID
    person_id: UUID
    begins_at: datetime
    ends_at: datetime
    swapped_with_id: UUID | None
    created_at: datetime
    updated_at: datetime


class OnCallShiftPage(PageView[OnCallShiftRead]):
    """One page of on call shifts."""


class OnCallShiftSort(StrEnum):
    """What a list of on call shifts can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    BEGINS_AT = "begins_at"
    BEGINS_AT_DOWN = "-begins_at"


class OnCallShiftQuery(PageQuery):
    """What a list of on call shifts may be asked."""

    sort: OnCallShiftSort = OnCallShiftSort.CREATED_AT_DOWN
    team_id: Several[Id] | None = None
    person_id: Several[Id] | None = None
    begins_at: Several[BeginsAt] | None = None
    begins_at_gte: BeginsAt | None = None
    begins_at_lte: BeginsAt | None = None
    swapped_with_id: Several[Id] | None = None
    swapped_with_id_isnull: bool | None = None
