"""Create books."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "4cbf2a36b058"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "books",
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("isbn", sa.String(13), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
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
        sa.CheckConstraint("char_length(author) BETWEEN 1 AND 120", name=op.f("ck_books_author")),
        sa.CheckConstraint("isbn ~ '^97[89][0-9]{10}$'", name=op.f("ck_books_isbn")),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_books_stars")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_books_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_books")),
        sa.UniqueConstraint("owner_id", "isbn", name=op.f("uq_books_owner_id_isbn")),
    )
    op.create_index(op.f("ix_books_author"), "books", ["author"])
    op.create_index(op.f("ix_books_created_at_id"), "books", ["created_at", "id"])
    op.create_index(op.f("ix_books_search"), "books", ["search"], postgresql_using="gin")
    op.create_index(op.f("ix_books_stars"), "books", ["stars"])
    op.create_index(op.f("ix_books_title_id"), "books", ["title", "id"])


def downgrade() -> None:
    op.drop_table("books")
