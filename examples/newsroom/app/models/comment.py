from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Entity
from app.models.user import User


class Comment(Entity):
    """A comment."""

    __tablename__ = "comments"
    __table_args__ = (
        Index("ix_comments_created_at_id", "created_at", "id"),
        CheckConstraint("char_length(text) BETWEEN 1 AND 2000", name="text"),
    )

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)

    author: Mapped[User] = relationship(lazy="raise")
