from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Search, Several, View
from app.schemas.types import Day, Id, Text

Name = Annotated[Text, Field(min_length=1, max_length=120, examples=["First patient"])]
BornOn = Annotated[Day, Field(examples=["2030-12-31"])]
InsuranceNumber = Annotated[Text, Field(min_length=4, max_length=30, examples=["Insurance number"])]


class PatientCreate(Payload):
    """A patient to be."""

    name: Name
    born_on: BornOn
    insurance_number: Annotated[InsuranceNumber | None, Field(repr=False)] = None


class PatientUpdate(Payload):
    """What to change of a patient; what is left out stays as it is."""

    name: Name = UNCHANGED
    born_on: BornOn = UNCHANGED
    insurance_number: Annotated[InsuranceNumber | None, Field(repr=False)] = UNCHANGED


class PatientRead(View):
    """A patient, as people see it."""

    id: UUID
    guardian_id: UUID
    name: str
    born_on: date
    created_at: datetime
    updated_at: datetime


class PatientPage(PageView[PatientRead]):
    """One page of patients."""


class PatientSort(StrEnum):
    """What a list of patients can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    NAME = "name"
    NAME_DOWN = "-name"


class PatientQuery(PageQuery):
    """What a list of patients may be asked."""

    q: Search | None = None
    sort: PatientSort = PatientSort.CREATED_AT_DOWN
    guardian_id: Several[Id] | None = None
