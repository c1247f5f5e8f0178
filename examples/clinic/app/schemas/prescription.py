from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.amounts import digits
from app.schemas.base import PageQuery, PageView, Payload, Several, View
from app.schemas.types import Amount, Id, Text

DEPRECATED = Field(json_schema_extra={"deprecated": True})
Drug = Annotated[Text, Field(min_length=1, max_length=120, examples=["Drug"])]
DailyDose = Annotated[Amount, digits(6, 2, ge=Decimal("0.01")), Field(examples=["9.50"])]
FaxNumber = Annotated[Text, Field(max_length=20, examples=["Fax number"])]


class PrescriptionCreate(Payload):
    """A prescription to be."""

    appointment_id: Id
    drug: Drug
    daily_dose: DailyDose
    fax_number: Annotated[FaxNumber | None, DEPRECATED] = None


class PrescriptionRead(View):
    """A prescription, as people see it."""

    id: UUID
    appointment_id: UUID
    drug: str
    daily_dose: Decimal
    prescribed_at: datetime
    fax_number: Annotated[str | None, DEPRECATED]
    created_at: datetime
    updated_at: datetime


class PrescriptionPage(PageView[PrescriptionRead]):
    """One page of prescriptions."""


class PrescriptionSort(StrEnum):
    """What a list of prescriptions can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"


class PrescriptionQuery(PageQuery):
    """What a list of prescriptions may be asked."""

    sort: PrescriptionSort = PrescriptionSort.CREATED_AT_DOWN
    appointment_id: Several[Id] | None = None
