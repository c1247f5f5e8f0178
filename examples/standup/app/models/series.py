from datetime import time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class SeriesEvery(StrEnum):
    """What the every of a series can be."""

    DAY = "day"
    WEEK = "week"
    SPRINT = "sprint"


class Series(Entity):
    """A meeting that happens again and again."""

    __tablename__ = "meeting_series"
    __table_args__ = (
        Index("ix_meeting_series_created_at_id", "created_at", "id"),
        Index("ix_meeting_series_title_id", "title", "id"),
        CheckConstraint("char_length(title) BETWEEN 1 AND 80", name="title"),
        CheckConstraint("every IN ('day', 'week', 'sprint')", name="every"),
    )

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    every: Mapped[SeriesEvery] = mapped_column(server_default=SeriesEvery.WEEK)
    starts_at: Mapped[time]
