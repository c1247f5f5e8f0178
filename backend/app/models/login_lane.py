from datetime import datetime

from sqlalchemy import LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Entity


class LoginLane(Entity):
    """How often somebody has failed to sign in, or something has been tried from somewhere."""

    __tablename__ = "login_lanes"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """Who or what it is about, as nobody else can compute it."""
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    free_at: Mapped[datetime]
    """When the next try is allowed."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """When it is as if nothing had been tried."""
