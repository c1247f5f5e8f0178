"""The people of the tests, and of `make dev`: the same ids for the same people everywhere."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from app.core.actor import Actor, Role

PASSWORD = "seven quiet otters nap"
PASSWORD_HASH = (
    "$argon2id$v=19$m=8,t=1,p=1$g+WBS8Ugew7Flv1D8psoZQ$mcmqKCVoA4XzLfR7gDTh0HSIZ8E0m6WOTRX9OoPSmTs"
)
"""A hash of PASSWORD that costs next to nothing to compare, so that no test waits for it."""
KNOWN_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
"""When all of them had confirmed their addresses."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, and a session that is open already."""

    number: int
    name: str
    roles: tuple[Role, ...] = ()

    @property
    def id(self) -> UUID:
        return UUID(f"00000000-0000-7000-8000-{self.number:012}")

    @property
    def session(self) -> UUID:
        return UUID(f"00000000-0000-7000-9000-{self.number:012}")

    @property
    def email(self) -> str:
        return f"{self.name}@example.com"

    @property
    def actor(self) -> Actor:
        return Actor(self.id, frozenset(self.roles), self.session)


ALICE = Person(1, "alice")
BOB = Person(2, "bob")
ADMIN = Person(3, "admin", (Role.ADMIN,))
EDITOR = Person(4, "editor", (Role.EDITOR,))

SOMEBODY_NEW = Person(99, "somebody.new")
"""Has no account before a test gives them one, and no sample has to do with them."""

EVERYBODY = (
    ALICE,
    BOB,
    ADMIN,
    EDITOR,
)
