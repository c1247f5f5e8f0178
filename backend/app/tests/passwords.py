"""Passwords for tests of something else: hashed as ever, at a thousandth of the cost."""

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from app.core.security.passwords import Passwords


class QuickPasswords(Passwords):
    """Anybody could guess what these hash. A login replaces a hash that cost more."""

    def __init__(self) -> None:
        super().__init__()
        quick = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
        self._hash = PasswordHash((quick, BcryptHasher()))
