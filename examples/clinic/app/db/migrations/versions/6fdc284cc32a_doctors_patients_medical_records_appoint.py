"""Create doctors, patients, medical records, appointments and prescriptions; say more of people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "6fdc284cc32a"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("display_name", sa.String(80), nullable=True))
    op.add_column("users", sa.Column("phone", sa.String(30), nullable=True))
    op.create_table(
        "doctors",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("speciality", sa.String(64), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.String(255)), nullable=False),
        sa.Column("licence", sa.String(20), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint(
            "speciality IN ('general', 'children', 'skin', 'heart')",
            name=op.f("ck_doctors_speciality"),
        ),
        sa.CheckConstraint(
            "cardinality(languages) BETWEEN 1 AND 10 AND array_position(languages, NULL) IS NULL",
            name=op.f("ck_doctors_languages"),
        ),
        sa.CheckConstraint(
            "char_length(licence) BETWEEN 4 AND 20", name=op.f("ck_doctors_licence")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["users.id"], name=op.f("fk_doctors_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doctors")),
        sa.UniqueConstraint("person_id", name=op.f("uq_doctors_person_id")),
        sa.UniqueConstraint("licence", name=op.f("uq_doctors_licence")),
    )
    op.create_index(op.f("ix_doctors_created_at_id"), "doctors", ["created_at", "id"])
    op.create_index(op.f("ix_doctors_languages"), "doctors", ["languages"], postgresql_using="gin")
    op.create_index(op.f("ix_doctors_speciality"), "doctors", ["speciality"])
    op.create_table(
        "patients",
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("insurance_number", sa.String(30), nullable=True),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', name)", persisted=True),
            nullable=False,
        ),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("char_length(name) BETWEEN 1 AND 120", name=op.f("ck_patients_name")),
        sa.CheckConstraint(
            "char_length(insurance_number) BETWEEN 4 AND 30",
            name=op.f("ck_patients_insurance_number"),
        ),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["users.id"], name=op.f("fk_patients_guardian_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patients")),
    )
    op.create_index(
        op.f("ix_patients_created_at_id"),
        "patients",
        ["created_at", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(op.f("ix_patients_guardian_id"), "patients", ["guardian_id"])
    op.create_index(
        op.f("ix_patients_name_id"),
        "patients",
        ["name", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        op.f("ix_patients_search"),
        "patients",
        ["search"],
        postgresql_using="gin",
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "medical_records",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("blood_group", sa.String(64), nullable=True),
        sa.Column(
            "allergies", postgresql.ARRAY(sa.String(255)), server_default="{}", nullable=False
        ),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint(
            "blood_group IN ('a', 'b', 'ab', 'zero')", name=op.f("ck_medical_records_blood_group")
        ),
        sa.CheckConstraint(
            "cardinality(allergies) <= 50 AND array_position(allergies, NULL) IS NULL",
            name=op.f("ck_medical_records_allergies"),
        ),
        sa.CheckConstraint(
            "char_length(remarks) <= 10000", name=op.f("ck_medical_records_remarks")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_medical_records_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medical_records")),
        sa.UniqueConstraint("patient_id", name=op.f("uq_medical_records_patient_id")),
    )
    op.create_index(
        op.f("ix_medical_records_created_at_id"), "medical_records", ["created_at", "id"]
    )
    op.create_table(
        "appointments",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("doctor_id", sa.Uuid(), nullable=False),
        sa.Column("booked_by_id", sa.Uuid(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), server_default="20", nullable=False),
        sa.Column("state", sa.String(64), server_default="booked", nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 240", name=op.f("ck_appointments_minutes")),
        sa.CheckConstraint(
            "state IN ('booked', 'arrived', 'done', 'missed')", name=op.f("ck_appointments_state")
        ),
        sa.CheckConstraint(
            "char_length(reason) BETWEEN 1 AND 1000", name=op.f("ck_appointments_reason")
        ),
        sa.CheckConstraint("follows_id <> id", name=op.f("ck_appointments_follows_id")),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_appointments_patient_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["doctor_id"],
            ["doctors.id"],
            name=op.f("fk_appointments_doctor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["booked_by_id"],
            ["users.id"],
            name=op.f("fk_appointments_booked_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"],
            ["appointments.id"],
            name=op.f("fk_appointments_follows_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(op.f("ix_appointments_booked_by_id"), "appointments", ["booked_by_id"])
    op.create_index(
        op.f("ix_appointments_created_at_id"),
        "appointments",
        ["created_at", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(op.f("ix_appointments_doctor_id"), "appointments", ["doctor_id"])
    op.create_index(op.f("ix_appointments_follows_id"), "appointments", ["follows_id"])
    op.create_index(op.f("ix_appointments_patient_id"), "appointments", ["patient_id"])
    op.create_index(
        op.f("ix_appointments_starts_at_id"),
        "appointments",
        ["starts_at", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        op.f("ix_appointments_state"),
        "appointments",
        ["state"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        op.f("uq_appointments_doctor_id_starts_at"),
        "appointments",
        ["doctor_id", "starts_at"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "prescriptions",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("drug", sa.String(120), nullable=False),
        sa.Column("daily_dose", sa.Numeric(6, 2), nullable=False),
        sa.Column(
            "prescribed_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
        ),
        sa.Column("fax_number", sa.String(20), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint(
            "char_length(drug) BETWEEN 1 AND 120", name=op.f("ck_prescriptions_drug")
        ),
        sa.CheckConstraint("daily_dose >= 0.01", name=op.f("ck_prescriptions_daily_dose")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_prescriptions_appointment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prescriptions")),
    )
    op.create_index(op.f("ix_prescriptions_appointment_id"), "prescriptions", ["appointment_id"])
    op.create_index(op.f("ix_prescriptions_created_at_id"), "prescriptions", ["created_at", "id"])


def downgrade() -> None:
    op.drop_table("prescriptions")
    op.drop_table("appointments")
    op.drop_table("medical_records")
    op.drop_table("patients")
    op.drop_table("doctors")
    op.drop_column("users", "phone")
    op.drop_column("users", "display_name")
