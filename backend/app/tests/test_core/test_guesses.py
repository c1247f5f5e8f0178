"""Which passwords are refused: the ones that somebody would try first, and no others."""

import time

import pytest

from app.core.security import guesses
from app.core.security.guesses import PasswordCompromised, judge, known_words
from app.tests.people import PASSWORD

ALICE = "alice.smith@mail.example.com"
WIDE = "\uff41\uff4c\uff49\uff43\uff45"
"""The same name, in letters as wide as Chinese ones."""
COSTLY = "4@8({[<369!1|0$5+7%2" * 13
"""Each of these signs may stand for a letter, and every choice of them is tried."""


@pytest.fixture(autouse=True)
def our_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "NAME", "chess-club")
    monkeypatch.setattr(guesses, "TITLE", "Chess club")


def refused(password: str) -> bool:
    try:
        judge(password, ALICE)
    except PasswordCompromised:
        return True
    return False


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword1",
        "1qaz2wsx3edc4rfv",
        "iloveyou123456789",
        "Password123456789!",
        "drowssapdrowssap",
        "l3tm31n-l3tm31n",
    ],
)
def test_what_is_common_or_was_breached_is_refused(password: str) -> None:
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "x" * 15,
        " " * 15,
        "я" * 256,
        "abcabcabcabcabc",
        "monkey monkey monkey monkey",
        "0123456789abcdef",
        "qwertyuiopasdfghjkl",
        "111111222222333333",
    ],
)
def test_what_repeats_itself_or_the_keyboard_is_refused(password: str) -> None:
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        ALICE,
        ALICE.upper() + "1",
        "alice.smith 2026!",
        "smith-alice-smith",
        WIDE * 3,
        "chess-club-password-1",
        "ChessClubChessClub2026",
        "welcome to chess club",
        "ch3ssclub ch3ssclub",
    ],
)
def test_what_others_know_counts_for_nothing(password: str) -> None:
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery staple ☃",
        "correcthorsebatterystaple",
        "пятнадцать букв",
        "x8J#kd92mPq!7zLw",
        "a chess club where otters nap",
        "what alice tells her brother at noon",
    ],
)
def test_what_takes_long_to_guess_is_accepted(password: str) -> None:
    assert not refused(password)


def test_the_same_password_is_fine_for_somebody_else() -> None:
    judge("smith and alice met", "bob@example.com")
    assert refused("smith and alice met")


def test_no_password_keeps_a_processor_busy() -> None:
    started = time.thread_time()
    refused(COSTLY[:256])

    assert time.thread_time() - started < 0.3


def test_short_words_are_no_hints() -> None:
    known = known_words("chess-club", "al.smith_x@mail.example.com")

    assert {"chess-club", "chessclub", "chess", "club", "smith", "smith_x", "smithx"} <= {*known}
    assert {"al.smith_x", "al.smith_x@mail.example.com", "mail", "example"} <= {*known}
    assert not {"al", "x"} & {*known}
    assert known == sorted(known, key=len, reverse=True)
