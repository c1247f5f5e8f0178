from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class Review(Entity):
    """A review."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("book_id", "author_id"),
        Index("ix_reviews_created_at_id", "created_at", "id"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        CheckConstraint("char_length(text) <= 4000", name="text"),
    )

    book_id: Mapped[UUID] = mapped_column(ForeignKey("books.id", ondelete="CASCADE"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    stars: Mapped[int] = mapped_column(index=True)
    text: Mapped[str | None] = mapped_column(Text)
