from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class MailPurpose(StrEnum):
    """What a token is good for, and nothing else."""

    VERIFY = "verify"
    RESET = "reset"
    CHANGE = "change"


class MailToken(Entity):
    """What was mailed to somebody, so that they can show that they read it."""

    __tablename__ = "mail_tokens"
    __table_args__ = (
        CheckConstraint("purpose IN ('verify', 'reset', 'change')", name="purpose"),
        # The newest is the only one that works.
        UniqueConstraint("user_id", "purpose"),
    )

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    """Nobody's where an address has no account: what is written tells no difference."""
    purpose: Mapped[MailPurpose]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))
    """The address to be, where it is about to change."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
