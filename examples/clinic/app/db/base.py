from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DateTime, Enum, MetaData, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.db.ids import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def one_of(words: type[StrEnum]) -> Enum:
    """Keep an enum as text; a check of the table says which words there are."""
    return Enum(words, native_enum=False, length=64, values_callable=list)


class Entity(DeclarativeBase):
    """A row with an identity, a birthday and a last change, both by the database's clock."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy's form)
        datetime: DateTime(timezone=True),
        StrEnum: one_of(StrEnum),
    }
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 (SQLAlchemy's form)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
