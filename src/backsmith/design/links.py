"""Fields that point to many rows: `Tag[]`, or `Tag many`; how many there may be."""

import re
from collections.abc import Mapping
from dataclasses import replace

from backsmith.design.classify import say_twice
from backsmith.design.findings import Findings, quoted
from backsmith.design.model import MOST_LINKS, Field, OnDelete, Reference
from backsmith.design.tokens import Word
from backsmith.design.words import MANY, Said

_COUNTS = re.compile(r"([0-9]{1,4})?\.\.([0-9]{1,4})?")


def take_many(
    kind: Reference, words: list[Word], findings: Findings
) -> tuple[Reference, list[Word]]:
    """The type, whichever way it says that it points to many, and the words that are left."""
    said = [word for word in words if word.text in MANY]
    for again in said if kind.many else said[1:]:
        say_twice(again, findings)
    many = kind.many or bool(said)
    return replace(kind, many=many), [word for word in words if word.text not in MANY]


def links_field(
    name: str, kind: Reference, type_word: Word, said: Mapping[Said, Word], findings: Findings
) -> Field:
    """The field, with the least and the most of its links."""
    if type_word.text.endswith("?"):
        findings.add(
            type_word.place,
            "a list of references is empty where there are none, and never missing.",
            f"Leave out the ?: {kind.target}[].",
        )
    least, most = _counts(said.get(Said.RANGE), findings)
    return Field(
        name, replace(kind, on_delete=OnDelete.CASCADE), minimum=least or None, maximum=most
    )


def _counts(word: Word | None, findings: Findings) -> tuple[int, int]:
    if word is None:
        return 0, MOST_LINKS
    match = _COUNTS.fullmatch(word.text)
    least = int(match[1] or 0) if match else 0
    most = int(match[2] or MOST_LINKS) if match else MOST_LINKS
    if not match or word.text == ".." or least > most or not 1 <= most <= MOST_LINKS:
        findings.add(
            word.place,
            f"{quoted(word.text)} is no count of references.",
            f"Count from 0, up to {MOST_LINKS}, the lower one first, as in 1..10 or ..20.",
        )
        return 0, MOST_LINKS
    return least, most
