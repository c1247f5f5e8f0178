"""Who sends a field and who sees it: which of the words about that go together."""

from collections.abc import Iterator, Sequence

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings
from backsmith.design.words import Said

_TELLING = (Said.FILTER, Said.SORT, Said.SEARCH)
"""Words that let callers find out what a field holds."""

Told = Iterator[tuple[Said, str, str]]


def check_visibility(fields: Sequence[FieldDraft], owner: str | None, findings: Findings) -> None:
    """Refuse what would leave a field without a writer, or tell what it is to keep."""
    for draft in fields:
        told = _of_owner(draft) if draft.name.value == owner else _of_field(draft)
        for word, message, hint in told:
            findings.add(draft.said[word], message, hint)


def _of_field(draft: FieldDraft) -> Told:
    said, field = draft.said, draft.field
    if Said.PRIVATE in said:
        for word in _TELLING:
            if word in said:
                yield word, f'"{word}" would tell what a private field holds.', "Leave out either."
    if Said.READONLY not in said or Said.ME in said:
        return
    if Said.PRIVATE in said:
        yield (
            Said.READONLY,
            "nobody could write what is readonly, or see what is private.",
            "Leave out either.",
        )
    if Said.IMMUTABLE in said:
        yield (
            Said.IMMUTABLE,
            "a client never sends what is readonly, so that nothing is left to forbid.",
            "Leave out immutable; or leave out readonly, for what is sent once.",
        )
    if field and not field.optional and Said.DEFAULT not in said:
        yield (
            Said.READONLY,
            "a client never sends what is readonly, so that a new row would have no value.",
            "Write a ? behind the type, or give it a default: =value."
            if field.reference is None
            else "Write a ? behind the type.",
        )


def _of_owner(draft: FieldDraft) -> Told:
    name = draft.name.value
    for word in (Said.READONLY, Said.IMMUTABLE):
        if word in draft.said:
            yield (
                word,
                f'"{name}" is the owner, which is set from the caller\'s token and never sent.',
                f"Leave out {word}.",
            )
