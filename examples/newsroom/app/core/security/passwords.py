"""Passwords: argon2id, off the event loop, and never more at once than memory allows.

Which passwords are accepted is another question: `guesses.judge` answers it.
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from anyio import CapacityLimiter, to_thread
from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

AT_ONCE = 2
"""Hashes computed at the same time; each holds 19 MiB and a processor for some 30 ms."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a password was right, and its new hash where the stored one is out of date."""

    right: bool
    new_hash: str | None = None


class Passwords:
    """Hashes passwords with argon2id (ASVS 11.4.2: t=2, m=19 MiB, p=1) and checks them.

    Hashes that bcrypt made elsewhere are accepted, and replaced at the next login.
    """

    def __init__(self) -> None:
        argon2 = Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._hash = PasswordHash((argon2, BcryptHasher()))

    @cached_property
    def _limiter(self) -> CapacityLimiter:
        return CapacityLimiter(AT_ONCE)

    @cached_property
    def _nobody(self) -> str:
        return self._hash.hash("nobody's password")

    async def hash(self, password: str) -> str:
        return await to_thread.run_sync(self._hash.hash, _normal(password), limiter=self._limiter)

    async def check(self, password: str, stored: str | None) -> Checked:
        """Compare a password with a hash; without one, do the same work and say no."""
        return await to_thread.run_sync(
            self._check, _normal(password), stored, limiter=self._limiter
        )

    def _check(self, password: str, stored: str | None) -> Checked:
        try:
            right, new_hash = self._hash.verify_and_update(password, stored or self._nobody)
        except (UnknownHashError, ValueError):
            # Not a hash that we know, or longer than the 72 bytes that bcrypt reads.
            return Checked(right=False)
        return Checked(right and bool(stored), new_hash)


def _normal(password: str) -> str:
    """Spell equal-looking characters alike (NIST SP 800-63B, section 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
