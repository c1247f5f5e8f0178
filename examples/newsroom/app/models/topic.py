from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class Topic(Entity):
    """A topic."""

    __tablename__ = "topics"
    __table_args__ = (
        Index("ix_topics_created_at_id", "created_at", "id"),
        Index("ix_topics_name_id", "name", "id"),
        Index("ix_topics_search", "search", postgresql_using="gin"),
        CheckConstraint("name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="name"),
        CheckConstraint("parent_id <> id", name="parent_id"),
    )

    name: Mapped[str] = mapped_column(String(40), unique=True)
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("topics.id", ondelete="SET NULL"), index=True
    )
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', name)", persisted=True), deferred=True
    )
