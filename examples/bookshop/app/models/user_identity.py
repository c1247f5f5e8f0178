from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Entity
from app.models.user import User


class UserIdentity(Entity):
    """Who somebody is at an issuer outside.

    It outlives its person for a while: a token of somebody who was deleted makes nobody anew.
    """

    __tablename__ = "user_identities"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        CheckConstraint("subject <> ''", name="subject"),
    )

    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    ended_at: Mapped[datetime | None]
    """When its person was deleted; without a day it is never given to anybody again."""

    user: Mapped[User | None] = relationship(lazy="raise")
