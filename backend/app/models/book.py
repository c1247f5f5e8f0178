from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class Book(Entity):
    """A book on somebody's shelf."""

    __tablename__ = "books"
    __table_args__ = (
        UniqueConstraint("owner_id", "isbn"),
        Index("ix_books_created_at_id", "created_at", "id"),
        Index("ix_books_search", "search", postgresql_using="gin"),
        Index("ix_books_title_id", "title", "id"),
        CheckConstraint("char_length(title) BETWEEN 1 AND 200", name="title"),
        CheckConstraint("char_length(author) BETWEEN 1 AND 120", name="author"),
        CheckConstraint("isbn ~ '^97[89][0-9]{10}$'", name="isbn"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
    )

    title: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(120), index=True)
    isbn: Mapped[str | None] = mapped_column(String(13))
    stars: Mapped[int | None] = mapped_column(index=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', title)", persisted=True), deferred=True
    )
