"""A request that may come twice, and what it was answered the first time."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """A request with a key of its client's, which names it among those of one person."""

    user_id: UUID
    operation: str
    key: str
    content: bytes
    """All that makes it another request: its address, its body."""

    @property
    def digest(self) -> bytes:
        """The same for the same person, operation and key; 32 bytes."""
        return sha256(f"{self.user_id}\n{self.operation}\n{self.key}".encode()).digest()

    @property
    def fingerprint(self) -> bytes:
        """The same for the same content; 32 bytes, of which nobody can guess what was sent."""
        return sha256(self.digest + self.content + self.key.encode()).digest()


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer, byte for byte."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
