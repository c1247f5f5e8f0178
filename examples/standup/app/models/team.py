from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column, query_expression

from app.db.base import Entity

team_members = Table(
    "team_members",
    Entity.metadata,
    Column("team_id", ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True),
    Column("member_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Team(Entity):
    """A team."""

    __tablename__ = "teams"
    __table_args__ = (
        Index("ix_teams_created_at_id", "created_at", "id"),
        Index("ix_teams_name_id", "name", "id"),
        CheckConstraint("char_length(name) BETWEEN 1 AND 60", name="name"),
    )

    name: Mapped[str] = mapped_column(String(60), unique=True)

    member_ids: Mapped[list[UUID]] = query_expression()
