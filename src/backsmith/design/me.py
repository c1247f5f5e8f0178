"""`=me`: a reference to the person who creates the row, which their token says and no client."""

from collections.abc import Iterator, Sequence

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings
from backsmith.design.model import Operation
from backsmith.design.words import Said

_PERSON = "User"

Told = Iterator[tuple[Said, str, str]]


def check_me(
    fields: Sequence[FieldDraft],
    owner: str | None,
    only: tuple[Operation, ...],
    findings: Findings,
) -> None:
    """Refuse `=me` where it can't be true, and beside what it says already."""
    for draft in fields:
        if Said.ME not in draft.said:
            continue
        for word, message, hint in _told(draft, owner, only):
            findings.add(draft.said[word], message, hint)


def _told(draft: FieldDraft, owner: str | None, only: tuple[Operation, ...]) -> Told:
    name = draft.name.value
    target = draft.field.reference.target if draft.field and draft.field.reference else _PERSON
    if target != _PERSON:
        yield (
            Said.ME,
            f'"=me" is whoever creates the row, and "{name}" refers to {target}.',
            "Only a reference to User takes it; leave it out.",
        )
        return
    if name == owner:
        yield (
            Said.ME,
            f'"{name}" is the owner, which is whoever creates the row already.',
            "Leave out =me.",
        )
        return
    if owner:
        yield (
            Said.ME,
            f'"{name}" would always be the owner, "{owner}", who creates the row as well.',
            f"Leave out {name}; or name an owner further up, as in owner: post.author.",
        )
        return
    if Operation.CREATE not in only:
        yield (
            Said.ME,
            '"=me" is whoever creates the row, and only leaves create out.',
            "Leave out =me, or add create to only.",
        )
    for word in (Said.READONLY, Said.IMMUTABLE):
        if word in draft.said:
            yield word, "a client never sends what is =me.", f"Leave out {word}."
