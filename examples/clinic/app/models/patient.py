from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class Patient(Entity):
    """Somebody who is looked after; a child, an animal, or the guardian themselves."""

    __tablename__ = "patients"
    __table_args__ = (
        Index(
            "ix_patients_created_at_id",
            "created_at",
            "id",
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index("ix_patients_name_id", "name", "id", postgresql_where=text("deleted_at IS NULL")),
        Index(
            "ix_patients_search",
            "search",
            postgresql_using="gin",
            postgresql_where=text("deleted_at IS NULL"),
        ),
        CheckConstraint("char_length(name) BETWEEN 1 AND 120", name="name"),
        CheckConstraint("char_length(insurance_number) BETWEEN 4 AND 30", name="insurance_number"),
    )

    guardian_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="RESTRICT"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    born_on: Mapped[date]
    insurance_number: Mapped[str | None] = mapped_column(
        String(30), deferred=True, deferred_raiseload=True
    )
    deleted_at: Mapped[datetime | None]
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', name)", persisted=True), deferred=True
    )
