from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Numeric, String
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Entity
from app.models.author import Author


class Book(Entity):
    """A book."""

    __tablename__ = "books"
    __table_args__ = (
        Index("ix_books_created_at_id", "created_at", "id"),
        Index("ix_books_price_id", "price", "id"),
        Index("ix_books_search", "search", postgresql_using="gin"),
        Index("ix_books_title_id", "title", "id"),
        CheckConstraint("char_length(title) BETWEEN 1 AND 200", name="title"),
        CheckConstraint("isbn ~ '^97[89][0-9]{10}$'", name="isbn"),
        CheckConstraint("price >= 0", name="price"),
    )

    title: Mapped[str] = mapped_column(String(200))
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    author_id: Mapped[UUID] = mapped_column(
        ForeignKey("authors.id", ondelete="RESTRICT"), index=True
    )
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', title)", persisted=True), deferred=True
    )

    author: Mapped[Author] = relationship(lazy="raise")
