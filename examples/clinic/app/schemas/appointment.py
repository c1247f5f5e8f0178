from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.models.appointment import AppointmentState
from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Several, View
from app.schemas.doctor import DoctorSummary
from app.schemas.types import Id, Moment, Text, Whole

StartsAt = Annotated[Moment, Field(examples=["2030-12-31T18:30:00Z"])]
Minutes = Annotated[Whole, Field(ge=5, le=240, examples=[5])]
State = Annotated[AppointmentState, Field(strict=False, examples=["booked"])]
Reason = Annotated[
    Text, Field(min_length=1, max_length=1_000, examples=["A few words, to begin with."])
]


class AppointmentCreate(Payload):
    """An appointment to be."""

    patient_id: Id
    doctor_id: Id
    starts_at: StartsAt
    minutes: Minutes = 20
    state: State = AppointmentState.BOOKED
    reason: Reason
    follows_id: Id | None = None


class AppointmentUpdate(Payload):
    """What to change of an appointment; what is left out stays as it is."""

    patient_id: Id = UNCHANGED
    doctor_id: Id = UNCHANGED
    starts_at: StartsAt = UNCHANGED
    minutes: Minutes = UNCHANGED
    state: State = UNCHANGED
    reason: Reason = UNCHANGED
    follows_id: Id | None = UNCHANGED


class AppointmentRead(View):
    """An appointment, as people see it."""

    id: UUID
    patient_id: UUID
    doctor: DoctorSummary
    booked_by_id: UUID | None
    starts_at: datetime
    minutes: int
    state: AppointmentState
    reason: str
    follows_id: UUID | None = Field(validation_alias="shown_follows_id")
    created_at: datetime
    updated_at: datetime


class AppointmentPage(PageView[AppointmentRead]):
    """One page of appointments."""


class AppointmentSort(StrEnum):
    """What a list of appointments can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    STARTS_AT = "starts_at"
    STARTS_AT_DOWN = "-starts_at"


class AppointmentQuery(PageQuery):
    """What a list of appointments may be asked."""

    sort: AppointmentSort = AppointmentSort.STARTS_AT
    patient_id: Several[Id] | None = None
    doctor_id: Several[Id] | None = None
    booked_by_id: Several[Id] | None = None
    booked_by_id_isnull: bool | None = None
    starts_at: Several[StartsAt] | None = None
    starts_at_gte: StartsAt | None = None
    starts_at_lte: StartsAt | None = None
    state: Several[State] | None = None
    follows_id: Several[Id] | None = None
    follows_id_isnull: bool | None = None
