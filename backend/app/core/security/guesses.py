"""How soon somebody would guess a password who knows what people choose, and who they are."""

import re
import unicodedata

from zxcvbn_rs_py import zxcvbn

from app.core.about import NAME, TITLE
from app.core.errors import Unprocessable

ENOUGH = 10**10
"""Guesses that a password should cost; each of them takes some 30 ms of somebody's processor."""
BEGINNING = 24
"""Characters that are looked at: for 256, an attacker could keep a processor busy for seconds."""


class PasswordCompromised(Unprocessable):
    code = "PASSWORD_COMPROMISED"
    error = "This password is among the first that anybody would try."
    detail = (
        "It begins with what many people use or what others know of you: a common password, a "
        "repetition, a row of keys, your address, the name of this service. Take four words that "
        "have nothing to do with each other."
    )


def judge(password: str, *of_person: str) -> None:
    """Refuse a new password that is common, was breached, or is made of what others know.

    That is the service's name and what is told `of_person`, such as their address.
    """
    known = known_words(NAME, TITLE, *of_person)
    told = re.compile("|".join(map(re.escape, known)), re.IGNORECASE)
    # What everybody knows is worth nothing, even between characters that nobody would guess.
    own = told.sub("", unicodedata.normalize("NFKC", password))
    if zxcvbn(own[:BEGINNING], known).guesses < ENOUGH:
        raise PasswordCompromised


def known_words(*names: str) -> list[str]:
    """The names and their parts, the longest first; what has less than three letters is no hint."""
    normal = " ".join(names).casefold()
    found = {*normal.split(), *re.findall(r"\w+", normal), *re.findall(r"[^\W_]+", normal)}
    found |= {re.sub(r"[\W_]", "", word) for word in found}
    found |= {word.partition("@")[0] for word in found}
    return sorted((word for word in found if len(word) >= 3), key=lambda word: (-len(word), word))
