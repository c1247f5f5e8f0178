"""Create desks, topics, articles and comments."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "c4bc7eeef14b"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desks",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("char_length(name) BETWEEN 1 AND 60", name=op.f("ck_desks_name")),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["users.id"], name=op.f("fk_desks_lead_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desks")),
        sa.UniqueConstraint("name", name=op.f("uq_desks_name")),
    )
    op.create_index(op.f("ix_desks_created_at_id"), "desks", ["created_at", "id"])
    op.create_index(op.f("ix_desks_lead_id"), "desks", ["lead_id"])
    op.create_index(op.f("ix_desks_name_id"), "desks", ["name", "id"])
    op.create_table(
        "topics",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', name)", persisted=True),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_topics_name")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_topics_parent_id")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["topics.id"], name=op.f("fk_topics_parent_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("name", name=op.f("uq_topics_name")),
    )
    op.create_index(op.f("ix_topics_created_at_id"), "topics", ["created_at", "id"])
    op.create_index(op.f("ix_topics_name_id"), "topics", ["name", "id"])
    op.create_index(op.f("ix_topics_parent_id"), "topics", ["parent_id"])
    op.create_index(op.f("ix_topics_search"), "topics", ["search"], postgresql_using="gin")
    op.create_table(
        "articles",
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(64), server_default="draft", nullable=False),
        sa.Column("language", sa.String(64), server_default="en", nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column(
            "keywords", postgresql.ARRAY(sa.String(255)), server_default="{}", nullable=False
        ),
        sa.Column("wire_id", sa.String(40), nullable=True),
        sa.Column("tip", sa.Text(), nullable=True),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', title || ' ' || body)", persisted=True),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("char_length(title) BETWEEN 3 AND 200", name=op.f("ck_articles_title")),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_articles_slug")),
        sa.CheckConstraint("char_length(body) BETWEEN 1 AND 50000", name=op.f("ck_articles_body")),
        sa.CheckConstraint(
            "stage IN ('draft', 'submitted', 'published', 'retracted')",
            name=op.f("ck_articles_stage"),
        ),
        sa.CheckConstraint("language IN ('de', 'en', 'fr')", name=op.f("ck_articles_language")),
        sa.CheckConstraint(
            "cardinality(keywords) <= 10 AND array_position(keywords, NULL) IS NULL",
            name=op.f("ck_articles_keywords"),
        ),
        sa.CheckConstraint("char_length(tip) <= 4000", name=op.f("ck_articles_tip")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_articles_author_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["desks.id"], name=op.f("fk_articles_desk_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("wire_id", name=op.f("uq_articles_wire_id")),
        sa.UniqueConstraint("author_id", "slug", name=op.f("uq_articles_author_id_slug")),
    )
    op.create_index(op.f("ix_articles_created_at_id"), "articles", ["created_at", "id"])
    op.create_index(op.f("ix_articles_desk_id"), "articles", ["desk_id"])
    op.create_index(op.f("ix_articles_keywords"), "articles", ["keywords"], postgresql_using="gin")
    op.create_index(op.f("ix_articles_language"), "articles", ["language"])
    op.create_index(op.f("ix_articles_published_at"), "articles", ["published_at"])
    op.create_index(
        op.f("ix_articles_published_at_id"),
        "articles",
        [sa.text("coalesce(published_at, '0001-01-01 00:00:01+00'::timestamptz)"), "id"],
    )
    op.create_index(op.f("ix_articles_search"), "articles", ["search"], postgresql_using="gin")
    op.create_index(
        op.f("ix_articles_stage_published_at"), "articles", ["stage", sa.text("published_at DESC")]
    )
    op.create_index(op.f("ix_articles_title_id"), "articles", ["title", "id"])
    op.create_table(
        "comments",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("char_length(text) BETWEEN 1 AND 2000", name=op.f("ck_comments_text")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_comments_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_comments_author_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_article_id"), "comments", ["article_id"])
    op.create_index(op.f("ix_comments_author_id"), "comments", ["author_id"])
    op.create_index(op.f("ix_comments_created_at_id"), "comments", ["created_at", "id"])
    op.create_table(
        "article_topics",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_topics_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_article_topics_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "topic_id", name=op.f("pk_article_topics")),
    )
    op.create_index(op.f("ix_article_topics_topic_id"), "article_topics", ["topic_id"])
    op.create_table(
        "article_related",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("related_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("related_id <> article_id", name=op.f("ck_article_related_related_id")),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_related_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["related_id"],
            ["articles.id"],
            name=op.f("fk_article_related_related_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "related_id", name=op.f("pk_article_related")),
    )
    op.create_index(op.f("ix_article_related_related_id"), "article_related", ["related_id"])


def downgrade() -> None:
    op.drop_table("article_related")
    op.drop_table("article_topics")
    op.drop_table("comments")
    op.drop_table("articles")
    op.drop_table("topics")
    op.drop_table("desks")
