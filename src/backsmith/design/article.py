"""`a` or `an`: what stands before a noun."""

import re

_SPOKEN_WITH_A_VOWEL = re.compile(
    r"[ai]|e(?!u)|o(?!ne\b)|u(?!ni|s[aei]|ti|ra|re|uid|rl\b)|hour|honou?r|heir", re.IGNORECASE
)


def a(noun: str) -> str:
    """`a book`, `an author`; by the sound, so `a user` and `an upload`, `a uuid` and `an hour`."""
    return f"{'an' if _SPOKEN_WITH_A_VOWEL.match(noun) else 'a'} {noun}"
