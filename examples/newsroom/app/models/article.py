from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from app.db.base import Entity
from app.models.desk import Desk
from app.models.stage import Stage
from app.models.user import User


class ArticleLanguage(StrEnum):
    """What the language of an article can be."""

    DE = "de"
    EN = "en"
    FR = "fr"


article_topics = Table(
    "article_topics",
    Entity.metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True),
)

article_related = Table(
    "article_related",
    Entity.metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "related_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    CheckConstraint("related_id <> article_id", name="related_id"),
)


class Article(Entity):
    """Something to read."""

    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("author_id", "slug"),
        Index("ix_articles_created_at_id", "created_at", "id"),
        Index("ix_articles_keywords", "keywords", postgresql_using="gin"),
        Index(
            "ix_articles_published_at_id",
            text("coalesce(published_at, '0001-01-01 00:00:01+00'::timestamptz)"),
            "id",
        ),
        Index("ix_articles_search", "search", postgresql_using="gin"),
        Index("ix_articles_stage_published_at", "stage", text("published_at DESC")),
        Index("ix_articles_title_id", "title", "id"),
        CheckConstraint("char_length(title) BETWEEN 3 AND 200", name="title"),
        CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="slug"),
        CheckConstraint("char_length(body) BETWEEN 1 AND 50000", name="body"),
        CheckConstraint("stage IN ('draft', 'submitted', 'published', 'retracted')", name="stage"),
        CheckConstraint("language IN ('de', 'en', 'fr')", name="language"),
        CheckConstraint(
            "cardinality(keywords) <= 10 AND array_position(keywords, NULL) IS NULL",
            name="keywords",
        ),
        CheckConstraint("char_length(tip) <= 4000", name="tip"),
    )

    title: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)
    stage: Mapped[Stage] = mapped_column(server_default=Stage.DRAFT)
    language: Mapped[ArticleLanguage] = mapped_column(index=True, server_default=ArticleLanguage.EN)
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desks.id", ondelete="RESTRICT"), index=True)
    keywords: Mapped[list[str]] = mapped_column(ARRAY(String(255)), server_default="{}")
    wire_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    tip: Mapped[str | None] = mapped_column(Text, deferred=True, deferred_raiseload=True)
    search: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed("to_tsvector('simple', title || ' ' || body)", persisted=True),
        deferred=True,
    )

    author: Mapped[User] = relationship(lazy="raise")
    desk: Mapped[Desk] = relationship(lazy="raise")
    topic_ids: Mapped[list[UUID]] = query_expression()
    related_ids: Mapped[list[UUID]] = query_expression()
