from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from app.db.base import Entity
from app.models.doctor import Doctor


class AppointmentState(StrEnum):
    """What the state of an appointment can be."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    DONE = "done"
    MISSED = "missed"


class Appointment(Entity):
    """An appointment."""

    __tablename__ = "appointments"
    __table_args__ = (
        Index(
            "ix_appointments_created_at_id",
            "created_at",
            "id",
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index(
            "ix_appointments_starts_at_id",
            "starts_at",
            "id",
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index("ix_appointments_state", "state", postgresql_where=text("deleted_at IS NULL")),
        Index(
            "uq_appointments_doctor_id_starts_at",
            "doctor_id",
            "starts_at",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
        CheckConstraint("minutes BETWEEN 5 AND 240", name="minutes"),
        CheckConstraint("state IN ('booked', 'arrived', 'done', 'missed')", name="state"),
        CheckConstraint("char_length(reason) BETWEEN 1 AND 1000", name="reason"),
        CheckConstraint("follows_id <> id", name="follows_id"),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="CASCADE"), index=True
    )
    doctor_id: Mapped[UUID] = mapped_column(
        ForeignKey("doctors.id", ondelete="RESTRICT"), index=True
    )
    booked_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(server_default="20")
    state: Mapped[AppointmentState] = mapped_column(server_default=AppointmentState.BOOKED)
    reason: Mapped[str] = mapped_column(Text)
    follows_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("appointments.id", ondelete="SET NULL"), index=True
    )
    deleted_at: Mapped[datetime | None]
    shown_follows_id: Mapped[UUID | None] = query_expression()

    doctor: Mapped[Doctor] = relationship(lazy="raise")
