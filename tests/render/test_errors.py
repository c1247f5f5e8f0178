"""What is said of a row that would be a second one of its kind."""

import pytest

from backsmith.render.errors import taken

from .designs import good

OWNED = "read: public, create: authenticated"
NEUTRAL = "A note of this author with this slug exists."


def sentences(unique: str, access: str, *lines: str) -> list[str]:
    keys = (f"access: {{{access}}}", f"unique: [[{unique}]]", *lines)
    fields = "fields: {author: User cascade, slug: slug, place: string immutable}"
    text = "".join(f"    {line}\n" for line in (fields, "owner: author", *keys))
    head = "backsmith: 1\nname: shop\nroles: [editor]\nresources:\n  Note:\n"
    return [error.error for error in taken(good(head + text).resource("Note"))]


@pytest.mark.parametrize(
    ("unique", "access", "sentence"),
    [
        (
            "author, slug",
            f"{OWNED}, update: owner, delete: owner",
            "You have a note with this slug.",
        ),
        ("author, slug", f"{OWNED}, update: [owner, editor], delete: owner", NEUTRAL),
        ("author, slug", f"{OWNED}, update: editor, delete: owner", NEUTRAL),
        (
            "author, place",
            f"{OWNED}, update: editor, delete: owner",
            "You have a note with this place.",
        ),
        ("slug, place", f"{OWNED}, update: owner, delete: owner", None),
    ],
)
def test_whose_the_other_one_is_depends_on_who_writes(
    unique: str, access: str, sentence: str | None
) -> None:
    expected = sentence or "A note with this slug and with this place exists."

    assert sentences(unique, access) == [expected]


def test_who_restores_a_row_did_not_make_it() -> None:
    access = f"{OWNED}, update: owner, delete: owner"

    assert sentences("author, slug", access, "soft_delete: true") == [NEUTRAL]


@pytest.mark.parametrize(
    ("deleted", "sentence"),
    [("false", "You have a card already."), ("true", "A card of this holder exists.")],
)
def test_one_a_person_is_told_like_the_others(deleted: str, sentence: str) -> None:
    design = good(
        "backsmith: 1\nname: shop\nresources:\n"
        "  Card: {fields: {holder: User one cascade}, owner: holder, "
        f"soft_delete: {deleted}, path: cards}}\n"
    )

    assert [error.error for error in taken(design.resource("Card"))] == [sentence]
