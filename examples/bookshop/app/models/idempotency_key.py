from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class IdempotencyKey(Entity):
    """What a request that creates was answered, for whoever did not get the answer."""

    __tablename__ = "idempotency_keys"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """Of person, operation and key."""
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Of what was sent with it."""
    status: Mapped[int]
    headers: Mapped[list[tuple[str, str]]] = mapped_column(JSONB)
    body: Mapped[bytes]
    expires_at: Mapped[datetime] = mapped_column(index=True)
