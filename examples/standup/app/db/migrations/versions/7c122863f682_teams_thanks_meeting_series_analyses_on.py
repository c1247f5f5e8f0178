"""Create teams, thanks, meeting series, analyses and on call shifts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "7c122863f682"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("char_length(name) BETWEEN 1 AND 60", name=op.f("ck_teams_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("name", name=op.f("uq_teams_name")),
    )
    op.create_index(op.f("ix_teams_created_at_id"), "teams", ["created_at", "id"])
    op.create_index(op.f("ix_teams_name_id"), "teams", ["name", "id"])
    op.create_table(
        "thanks",
        sa.Column("from_person_id", sa.Uuid(), nullable=False),
        sa.Column("to_person_id", sa.Uuid(), nullable=False),
        sa.Column("for_what", sa.String(280), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', for_what)", persisted=True),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint(
            "char_length(for_what) BETWEEN 1 AND 280", name=op.f("ck_thanks_for_what")
        ),
        sa.ForeignKeyConstraint(
            ["from_person_id"],
            ["users.id"],
            name=op.f("fk_thanks_from_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["to_person_id"], ["users.id"], name=op.f("fk_thanks_to_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
    )
    op.create_index(op.f("ix_thanks_created_at_id"), "thanks", ["created_at", "id"])
    op.create_index(op.f("ix_thanks_from_person_id"), "thanks", ["from_person_id"])
    op.create_index(op.f("ix_thanks_search"), "thanks", ["search"], postgresql_using="gin")
    op.create_index(op.f("ix_thanks_to_person_id"), "thanks", ["to_person_id"])
    op.create_table(
        "meeting_series",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("every", sa.String(64), server_default="week", nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint(
            "char_length(title) BETWEEN 1 AND 80", name=op.f("ck_meeting_series_title")
        ),
        sa.CheckConstraint(
            "every IN ('day', 'week', 'sprint')", name=op.f("ck_meeting_series_every")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_meeting_series_team_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_series")),
    )
    op.create_index(op.f("ix_meeting_series_created_at_id"), "meeting_series", ["created_at", "id"])
    op.create_index(op.f("ix_meeting_series_team_id"), "meeting_series", ["team_id"])
    op.create_index(op.f("ix_meeting_series_title_id"), "meeting_series", ["title", "id"])
    op.create_table(
        "analyses",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("what_happened", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("duration_s", sa.BigInteger(), nullable=True),
        sa.Column("is_public", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("raw_data", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("screenshot", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', what_happened)", persisted=True),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint(
            "char_length(what_happened) BETWEEN 1 AND 20000", name=op.f("ck_analyses_what_happened")
        ),
        sa.CheckConstraint(
            "duration_s BETWEEN 0 AND 9007199254740991", name=op.f("ck_analyses_duration_s")
        ),
        sa.CheckConstraint(
            "octet_length(screenshot) <= 1048576", name=op.f("ck_analyses_screenshot")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_analyses_team_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_analyses_author_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analyses")),
    )
    op.create_index(op.f("ix_analyses_author_id"), "analyses", ["author_id"])
    op.create_index(op.f("ix_analyses_created_at_id"), "analyses", ["created_at", "id"])
    op.create_index(
        op.f("ix_analyses_duration_s_id"),
        "analyses",
        [sa.text("coalesce(duration_s, '-9223372036854775808'::bigint)"), "id"],
    )
    op.create_index(op.f("ix_analyses_happened_on_id"), "analyses", ["happened_on", "id"])
    op.create_index(op.f("ix_analyses_is_public"), "analyses", ["is_public"])
    op.create_index(op.f("ix_analyses_search"), "analyses", ["search"], postgresql_using="gin")
    op.create_index(op.f("ix_analyses_team_id"), "analyses", ["team_id"])
    op.create_table(
        "on_call_shifts",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("swapped_with_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("swapped_with_id <> id", name=op.f("ck_on_call_shifts_swapped_with_id")),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_on_call_shifts_team_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["users.id"],
            name=op.f("fk_on_call_shifts_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["swapped_with_id"],
            ["on_call_shifts.id"],
            name=op.f("fk_on_call_shifts_swapped_with_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_on_call_shifts")),
    )
    op.create_index(op.f("ix_on_call_shifts_begins_at_id"), "on_call_shifts", ["begins_at", "id"])
    op.create_index(op.f("ix_on_call_shifts_created_at_id"), "on_call_shifts", ["created_at", "id"])
    op.create_index(op.f("ix_on_call_shifts_person_id"), "on_call_shifts", ["person_id"])
    op.create_index(
        op.f("ix_on_call_shifts_swapped_with_id"), "on_call_shifts", ["swapped_with_id"]
    )
    op.create_index(op.f("ix_on_call_shifts_team_id"), "on_call_shifts", ["team_id"])
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_team_members_team_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["users.id"], name=op.f("fk_team_members_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "member_id", name=op.f("pk_team_members")),
    )
    op.create_index(op.f("ix_team_members_member_id"), "team_members", ["member_id"])


def downgrade() -> None:
    op.drop_table("team_members")
    op.drop_table("on_call_shifts")
    op.drop_table("analyses")
    op.drop_table("meeting_series")
    op.drop_table("thanks")
    op.drop_table("teams")
