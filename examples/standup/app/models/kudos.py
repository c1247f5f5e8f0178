from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Entity

if TYPE_CHECKING:
    from app.models.user import User


class Kudos(Entity):
    """Thanks, said aloud."""

    __tablename__ = "thanks"
    __table_args__ = (
        Index("ix_thanks_created_at_id", "created_at", "id"),
        Index("ix_thanks_search", "search", postgresql_using="gin"),
        CheckConstraint("char_length(for_what) BETWEEN 1 AND 280", name="for_what"),
    )

    from_person_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    to_person_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    for_what: Mapped[str] = mapped_column(String(280))
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', for_what)", persisted=True), deferred=True
    )

    from_person: Mapped["User"] = relationship(
        back_populates="kudos_given", lazy="raise", foreign_keys=from_person_id
    )
    to_person: Mapped["User"] = relationship(
        back_populates="kudos_received", lazy="raise", foreign_keys=to_person_id
    )
