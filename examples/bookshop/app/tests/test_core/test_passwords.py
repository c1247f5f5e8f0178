"""Passwords: slow to guess, and nobody waits for them."""

import asyncio
import threading
import time
from typing import Any

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from app.core.security.passwords import AT_ONCE, Checked, Passwords
from app.tests.people import PASSWORD
from dev.people import PASSWORD_HASH

WRONG = Checked(right=False)
RIGHT = Checked(right=True)
OURS = "$argon2id$v=19$m=19456,t=2,p=1$"


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords()


class Watched:
    """Stands in for the hash, and notes where and how often at once it is computed."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.stored: list[str] = []
        self.now = self.most = 0
        self._lock = threading.Lock()

    def hash(self, password: str) -> str:
        with self._lock:
            self.threads.add(threading.get_ident())
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.01)
        with self._lock:
            self.now -= 1
        return f"hash of {password}"

    def verify_and_update(self, password: str, stored: str) -> tuple[bool, None]:
        self.stored.append(stored)
        self.hash(password)
        return False, None


async def test_a_password_is_right_or_wrong(passwords: Passwords) -> None:
    stored = await passwords.hash(PASSWORD)

    assert stored.startswith(OURS)
    assert await passwords.check(PASSWORD, stored) == RIGHT
    assert await passwords.check(PASSWORD, PASSWORD_HASH) == RIGHT
    for other in (PASSWORD.upper(), PASSWORD + " ", PASSWORD[:-1], ""):
        assert await passwords.check(other, stored) == WRONG


async def test_every_character_of_a_long_password_counts(passwords: Passwords) -> None:
    phrase = "correct horse battery staple ☃ " * 8
    stored = await passwords.hash(phrase)

    assert await passwords.check(phrase, stored) == RIGHT
    assert await passwords.check(phrase[:72], stored) == WRONG
    assert await passwords.check(phrase[:-2], stored) == WRONG


async def test_it_does_not_matter_how_a_keyboard_spells_a_character(passwords: Passwords) -> None:
    stored = await passwords.hash("ﬁfteen cafe\u0301s Å")

    assert await passwords.check("fifteen caf\u00e9s \u00c5", stored) == RIGHT


@pytest.mark.parametrize(
    "weaker",
    [
        Argon2Hasher(time_cost=1, memory_cost=8 * 1024, parallelism=1),
        BcryptHasher(rounds=4),
        BcryptHasher(rounds=4, prefix="2a"),
    ],
    ids=["argon2", "bcrypt", "bcrypt as Django has it"],
)
async def test_an_old_hash_is_accepted_and_replaced(passwords: Passwords, weaker: Any) -> None:
    stored = weaker.hash(PASSWORD)

    checked = await passwords.check(PASSWORD, stored)

    assert checked.right
    assert checked.new_hash
    assert checked.new_hash.startswith(OURS)
    assert await passwords.check(PASSWORD, checked.new_hash) == RIGHT
    assert await passwords.check("another password", stored) == WRONG


@pytest.mark.parametrize(
    "stored", ["", "plain text", "$argon2id$broken", "$2b$04$broken", "$1$md5", "$argon2d$x"]
)
async def test_what_is_no_hash_lets_nobody_in(passwords: Passwords, stored: str) -> None:
    for password in (PASSWORD, stored, "nobody's password"):
        assert await passwords.check(password, stored) == WRONG


async def test_a_password_too_long_for_bcrypt_is_wrong(passwords: Passwords) -> None:
    stored = BcryptHasher(rounds=4).hash("x" * 72)

    assert (await passwords.check("x" * 72, stored)).right
    assert await passwords.check("x" * 73, stored) == WRONG


async def test_nobody_has_no_password(passwords: Passwords) -> None:
    for password in (PASSWORD, "", "nobody's password"):
        assert await passwords.check(password, None) == WRONG


async def test_the_work_is_the_same_for_somebody_whom_nobody_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passwords, watched = Passwords(), Watched()
    monkeypatch.setattr(passwords._hash, "verify_and_update", watched.verify_and_update)

    await passwords.check(PASSWORD, None)
    await passwords.check(PASSWORD, PASSWORD_HASH)

    nobody, somebody = watched.stored
    assert nobody.startswith(OURS)
    assert somebody.startswith(OURS)


async def test_few_are_computed_at_once_and_none_where_requests_are_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passwords, watched = Passwords(), Watched()
    monkeypatch.setattr(passwords, "_hash", watched)

    await asyncio.gather(
        *(passwords.hash(PASSWORD) for _ in range(3)),
        *(passwords.check(PASSWORD, PASSWORD_HASH) for _ in range(3)),
    )

    assert watched.most == AT_ONCE == 2
    assert threading.get_ident() not in watched.threads
