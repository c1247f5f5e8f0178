from datetime import date

from sqlalchemy import CheckConstraint, Computed, Index, String
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class Author(Entity):
    """An author."""

    __tablename__ = "authors"
    __table_args__ = (
        Index("ix_authors_created_at_id", "created_at", "id"),
        Index("ix_authors_name_id", "name", "id"),
        Index("ix_authors_search", "search", postgresql_using="gin"),
        CheckConstraint("char_length(name) BETWEEN 1 AND 120", name="name"),
    )

    name: Mapped[str] = mapped_column(String(120))
    born: Mapped[date | None]
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', name)", persisted=True), deferred=True
    )
