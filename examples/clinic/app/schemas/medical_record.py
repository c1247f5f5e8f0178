from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.models.medical_record import MedicalRecordBloodGroup
from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Several, View
from app.schemas.types import Id, Text

BloodGroup = Annotated[MedicalRecordBloodGroup, Field(strict=False, examples=["a"])]
Allergy = Annotated[Text, Field(max_length=255)]
Allergies = Annotated[list[Allergy], Field(max_length=50, examples=[["Allergy"]])]
Remarks = Annotated[Text, Field(max_length=10_000, examples=["A few words, to begin with."])]


class MedicalRecordCreate(Payload):
    """A medical record to be."""

    patient_id: Id
    blood_group: BloodGroup | None = None
    allergies: Allergies = Field(default_factory=list)
    remarks: Remarks | None = None


class MedicalRecordUpdate(Payload):
    """What to change of a medical record; what is left out stays as it is."""

    patient_id: Id = UNCHANGED
    blood_group: BloodGroup | None = UNCHANGED
    allergies: Allergies = UNCHANGED
    remarks: Remarks | None = UNCHANGED


class MedicalRecordRead(View):
    """A medical record, as people see it."""

    id: UUID
    patient_id: UUID
    blood_group: MedicalRecordBloodGroup | None
    allergies: list[str]
    remarks: str | None
    created_at: datetime
    updated_at: datetime


class MedicalRecordPage(PageView[MedicalRecordRead]):
    """One page of medical records."""


class MedicalRecordSort(StrEnum):
    """What a list of medical records can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"


class MedicalRecordQuery(PageQuery):
    """What a list of medical records may be asked."""

    sort: MedicalRecordSort = MedicalRecordSort.CREATED_AT_DOWN
    patient_id: Several[Id] | None = None
