from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.models.doctor import DoctorSpeciality
from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Several, View
from app.schemas.types import Id, Text
from app.schemas.user import UserSummary

Title = Annotated[Text, Field(max_length=40, examples=["First doctor"])]
Speciality = Annotated[DoctorSpeciality, Field(strict=False, examples=["general"])]
Language = Annotated[Text, Field(max_length=255)]
Languages = Annotated[list[Language], Field(min_length=1, max_length=10, examples=[["Language"]])]
Licence = Annotated[Text, Field(min_length=4, max_length=20, examples=["Licence"])]


class DoctorCreate(Payload):
    """A doctor to be."""

    person_id: Id
    title: Title
    speciality: Speciality
    languages: Languages
    licence: Licence


class DoctorUpdate(Payload):
    """What to change of a doctor; what is left out stays as it is."""

    person_id: Id = UNCHANGED
    title: Title = UNCHANGED
    speciality: Speciality = UNCHANGED
    languages: Languages = UNCHANGED


class DoctorRead(View):
    """A doctor, as people see it."""

    id: UUID
    person: UserSummary
    title: str
    speciality: DoctorSpeciality
    languages: list[str]
    licence: str
    created_at: datetime
    updated_at: datetime


class DoctorSummary(View):
    """A doctor, as part of what refers to it."""

    id: UUID
    person_id: UUID
    title: str
    speciality: DoctorSpeciality
    languages: list[str]
    licence: str


class DoctorPage(PageView[DoctorRead]):
    """One page of doctors."""


class DoctorSort(StrEnum):
    """What a list of doctors can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"


class DoctorQuery(PageQuery):
    """What a list of doctors may be asked."""

    sort: DoctorSort = DoctorSort.CREATED_AT_DOWN
    person_id: Several[Id] | None = None
    speciality: Several[Speciality] | None = None
    languages: Several[Language] | None = None
