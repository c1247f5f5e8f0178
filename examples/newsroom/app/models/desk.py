from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Entity
from app.models.user import User


class Desk(Entity):
    """A part of the paper, with people who look after it."""

    __tablename__ = "desks"
    __table_args__ = (
        Index("ix_desks_created_at_id", "created_at", "id"),
        Index("ix_desks_name_id", "name", "id"),
        CheckConstraint("char_length(name) BETWEEN 1 AND 60", name="name"),
    )

    name: Mapped[str] = mapped_column(String(60), unique=True)
    lead_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )

    lead: Mapped[User | None] = relationship(lazy="raise")
