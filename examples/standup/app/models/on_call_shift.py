from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class OnCallShift(Entity):
    """An on call shift."""

    __tablename__ = "on_call_shifts"
    __table_args__ = (
        Index("ix_on_call_shifts_begins_at_id", "begins_at", "id"),
        Index("ix_on_call_shifts_created_at_id", "created_at", "id"),
        CheckConstraint("swapped_with_id <> id", name="swapped_with_id"),
    )

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"), index=True)
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    swapped_with_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("on_call_shifts.id", ondelete="SET NULL"), index=True
    )
