from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Entity
from app.models.user import User


class DoctorSpeciality(StrEnum):
    """What the speciality of a doctor can be."""

    GENERAL = "general"
    CHILDREN = "children"
    SKIN = "skin"
    HEART = "heart"


class Doctor(Entity):
    """A doctor."""

    __tablename__ = "doctors"
    __table_args__ = (
        Index("ix_doctors_created_at_id", "created_at", "id"),
        Index("ix_doctors_languages", "languages", postgresql_using="gin"),
        CheckConstraint(
            "speciality IN ('general', 'children', 'skin', 'heart')", name="speciality"
        ),
        CheckConstraint(
            "cardinality(languages) BETWEEN 1 AND 10 AND array_position(languages, NULL) IS NULL",
            name="languages",
        ),
        CheckConstraint("char_length(licence) BETWEEN 4 AND 20", name="licence"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    title: Mapped[str] = mapped_column(String(40))
    speciality: Mapped[DoctorSpeciality] = mapped_column(index=True)
    languages: Mapped[list[str]] = mapped_column(ARRAY(String(255)))
    licence: Mapped[str] = mapped_column(String(20), unique=True)

    person: Mapped[User] = relationship(lazy="raise")
