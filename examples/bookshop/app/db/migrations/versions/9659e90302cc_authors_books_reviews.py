"""Create authors, books and reviews."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "9659e90302cc"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "authors",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
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
        sa.CheckConstraint("char_length(name) BETWEEN 1 AND 120", name=op.f("ck_authors_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authors")),
    )
    op.create_index(op.f("ix_authors_created_at_id"), "authors", ["created_at", "id"])
    op.create_index(op.f("ix_authors_name_id"), "authors", ["name", "id"])
    op.create_index(op.f("ix_authors_search"), "authors", ["search"], postgresql_using="gin")
    op.create_table(
        "books",
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("isbn", sa.String(13), nullable=False),
        sa.Column("price", sa.Numeric(10, 2), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', title)", persisted=True),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("char_length(title) BETWEEN 1 AND 200", name=op.f("ck_books_title")),
        sa.CheckConstraint("isbn ~ '^97[89][0-9]{10}$'", name=op.f("ck_books_isbn")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_books_price")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["authors.id"], name=op.f("fk_books_author_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_books")),
        sa.UniqueConstraint("isbn", name=op.f("uq_books_isbn")),
    )
    op.create_index(op.f("ix_books_author_id"), "books", ["author_id"])
    op.create_index(op.f("ix_books_created_at_id"), "books", ["created_at", "id"])
    op.create_index(op.f("ix_books_price_id"), "books", ["price", "id"])
    op.create_index(op.f("ix_books_search"), "books", ["search"], postgresql_using="gin")
    op.create_index(op.f("ix_books_title_id"), "books", ["title", "id"])
    op.create_table(
        "reviews",
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_reviews_stars")),
        sa.CheckConstraint("char_length(text) <= 4000", name=op.f("ck_reviews_text")),
        sa.ForeignKeyConstraint(
            ["book_id"], ["books.id"], name=op.f("fk_reviews_book_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_reviews_author_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("book_id", "author_id", name=op.f("uq_reviews_book_id_author_id")),
    )
    op.create_index(op.f("ix_reviews_author_id"), "reviews", ["author_id"])
    op.create_index(op.f("ix_reviews_created_at_id"), "reviews", ["created_at", "id"])
    op.create_index(op.f("ix_reviews_stars"), "reviews", ["stars"])


def downgrade() -> None:
    op.drop_table("reviews")
    op.drop_table("books")
    op.drop_table("authors")
