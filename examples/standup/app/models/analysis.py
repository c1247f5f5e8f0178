from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Computed, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class Analysis(Entity):
    """What went wrong on a bad day, and what follows from it."""

    __tablename__ = "analyses"
    __table_args__ = (
        Index("ix_analyses_created_at_id", "created_at", "id"),
        Index(
            "ix_analyses_duration_s_id",
            text("coalesce(duration_s, '-9223372036854775808'::bigint)"),
            "id",
        ),
        Index("ix_analyses_happened_on_id", "happened_on", "id"),
        Index("ix_analyses_search", "search", postgresql_using="gin"),
        CheckConstraint("char_length(what_happened) BETWEEN 1 AND 20000", name="what_happened"),
        CheckConstraint("duration_s BETWEEN 0 AND 9007199254740991", name="duration_s"),
        CheckConstraint("octet_length(screenshot) <= 1048576", name="screenshot"),
    )

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id", ondelete="RESTRICT"), index=True)
    what_happened: Mapped[str] = mapped_column(Text)
    happened_on: Mapped[date]
    duration_s: Mapped[int | None] = mapped_column(BigInteger)
    is_public: Mapped[bool] = mapped_column(index=True, server_default="false")
    raw_data: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    screenshot: Mapped[bytes | None]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"), index=True)
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', what_happened)", persisted=True), deferred=True
    )
