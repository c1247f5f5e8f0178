from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.core.actor import Role
from app.db.base import Entity


class User(Entity):
    """A person with an account."""

    __tablename__ = "users"
    __table_args__ = (
        Index("ix_users_created_at_id", "created_at", "id"),
        CheckConstraint("email = lower(email)", name="email"),
    )

    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    """Nobody else's; people of an outside issuer may have none."""
    password_hash: Mapped[str | None] = mapped_column(
        String(255), deferred=True, deferred_raiseload=True
    )
    email_verified_at: Mapped[datetime | None]
    """When this person showed that they read the mail to this address; nobody signs in before."""
    role_names: Mapped[list[str]] = mapped_column(
        "roles", ARRAY(String(40)), default=list, server_default=text("'{}'")
    )
    active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))

    @property
    def email_verified(self) -> bool:
        return self.email_verified_at is not None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that this version of the application knows; any other grants nothing."""
        return frozenset(role for role in Role if role in self.role_names)

    def renamed_roles(self, roles: Iterable[Role]) -> list[str]:
        """The names to store for these roles, and for those that another version knows."""
        unknown = set(self.role_names).difference(Role)
        return sorted(unknown.union(roles))
