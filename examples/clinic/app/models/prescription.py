from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class Prescription(Entity):
    """A prescription."""

    __tablename__ = "prescriptions"
    __table_args__ = (
        Index("ix_prescriptions_created_at_id", "created_at", "id"),
        CheckConstraint("char_length(drug) BETWEEN 1 AND 120", name="drug"),
        CheckConstraint("daily_dose >= 0.01", name="daily_dose"),
    )

    appointment_id: Mapped[UUID] = mapped_column(
        ForeignKey("appointments.id", ondelete="CASCADE"), index=True
    )
    drug: Mapped[str] = mapped_column(String(120))
    daily_dose: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    prescribed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    fax_number: Mapped[str | None] = mapped_column(String(20))
