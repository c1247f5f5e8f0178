from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class MedicalRecordBloodGroup(StrEnum):
    """What the blood group of a medical record can be."""

    A = "a"
    B = "b"
    AB = "ab"
    ZERO = "zero"


class MedicalRecord(Entity):
    """A medical record."""

    __tablename__ = "medical_records"
    __table_args__ = (
        Index("ix_medical_records_created_at_id", "created_at", "id"),
        CheckConstraint("blood_group IN ('a', 'b', 'ab', 'zero')", name="blood_group"),
        CheckConstraint(
            "cardinality(allergies) <= 50 AND array_position(allergies, NULL) IS NULL",
            name="allergies",
        ),
        CheckConstraint("char_length(remarks) <= 10000", name="remarks"),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="CASCADE"), unique=True
    )
    blood_group: Mapped[MedicalRecordBloodGroup | None]
    allergies: Mapped[list[str]] = mapped_column(ARRAY(String(255)), server_default="{}")
    remarks: Mapped[str | None] = mapped_column(Text)
