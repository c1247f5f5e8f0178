from datetime import datetime
from ipaddress import IPv4Address, IPv6Address
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, func, text
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Entity
from app.models.user import User


class Session(Entity):
    """Somebody who is signed in somewhere."""

    __tablename__ = "sessions"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    auth_time: Mapped[datetime] = mapped_column(server_default=func.now())
    """When this person last showed that it is them, as by their password."""
    last_used_at: Mapped[datetime | None]
    """When a token was last renewed."""
    address: Mapped[IPv4Address | IPv6Address | None] = mapped_column(INET)
    device: Mapped[str | None] = mapped_column(String(80))
    """Where it began, as people recognise it: `Firefox on Linux`."""
    idle_expires_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoke_reason: Mapped[str | None] = mapped_column(String(40))

    user: Mapped[User] = relationship(lazy="raise")


class RefreshToken(Entity):
    """One link in the chain of tokens that renew a session; only the last one is unused."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        Index(
            "uq_refresh_tokens_live",
            "session_id",
            unique=True,
            postgresql_where=text("used_at IS NULL"),
        ),
    )

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    used_at: Mapped[datetime | None]
    sealed_next: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The token that this one was traded for, for a moment; this one alone opens it."""
