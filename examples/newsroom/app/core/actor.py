"""Who is calling, as services see it."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.core.errors import Forbidden


class Role(StrEnum):
    ADMIN = "admin"
    WRITER = "writer"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person; a visitor is None."""

    id: UUID
    roles: frozenset[Role] = frozenset()
    session: UUID | None = None

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def require(self, *roles: Role) -> None:
        """Refuse whoever has none of these roles."""
        if not self.has(*roles):
            raise Forbidden
