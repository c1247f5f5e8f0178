"""Fields that point to many rows: `Tag[]`, or `Tag many`."""

from collections.abc import Mapping
from dataclasses import replace

from backsmith.design.counts import counts
from backsmith.design.findings import Findings
from backsmith.design.model import MOST_LINKS, Field, OnDelete, Reference
from backsmith.design.tokens import Word
from backsmith.design.words import AS, Said

USER = "User"
MOST_PEOPLE = 2
"""As many as a row may have to have: with one more, a test can take one away and put one in."""


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
    least, most = counts(said.get(Said.RANGE), "references", MOST_LINKS, findings)
    if kind.target == USER and least > MOST_PEOPLE and Said.RANGE in said:
        findings.add(
            said[Said.RANGE].place,
            f"a row would need {least} people to begin with, and a project's tests know three.",
            f"Ask for {MOST_PEOPLE} at most, as in {MOST_PEOPLE}..; a service can ask for more.",
        )
    kind = replace(kind, on_delete=OnDelete.CASCADE, reverse=reverse_of(said))
    return Field(name, kind, minimum=least or None, maximum=most)


def reverse_of(said: Mapping[Said, Word]) -> str | None:
    """What the rows that point there are called: `posts`, of `as=posts`."""
    return said[Said.AS].text.removeprefix(AS) if Said.AS in said else None
