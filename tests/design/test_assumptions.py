import pytest

from backsmith.design import read

from .designs import BOOKSHOP, TOP, with_book, with_field, with_resources


def assumed(text: str) -> list[str]:
    result = read(text, "shop.yml")
    assert result.design, result.findings
    return [str(assumption) for assumption in result.assumptions]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            with_resources("Book: {fields: {a: int}}"),
            "shop.yml:5:3: authenticated for read and admin for write is assumed as the access to "
            "Book: it has no owner, so that admin alone may write. "
            "Write access: {read: public}, or another role, to open it.",
        ),
        (
            with_book("access: {read: public, create: authenticated}"),
            "shop.yml:7:5: admin for update and admin for delete is assumed as the access to Book: "
            "it has no owner, so that admin alone may write. "
            "Write access: {update: authenticated}, or another role, to open it.",
        ),
        (
            with_book("owner: author"),
            "shop.yml:5:3: owner for read and owner for write is assumed as the access to Book: "
            "what nobody opened stays closed. "
            "Write access: {read: public}, or another role, to open it.",
        ),
        (
            with_book("access: {read: public}"),
            "shop.yml:7:5: admin for write is assumed as the access to Book: it has no owner, so "
            "that admin alone may write. Write access: {write: authenticated}, or another role, "
            "to open it.",
        ),
        (
            with_field("by: Author"),
            "shop.yml:9:11: restrict is assumed for Book.by: no Author can be deleted while a Book "
            'refers to it. Write cascade to delete both, or "?" and set_null to empty the field.',
        ),
        (
            with_field("by: User cascade"),
            "shop.yml:9:7: Book.by is assumed to be any person, and to own nothing: whoever may "
            "write sends it like any other field. "
            "Write owner: by, or User =me, to take it from the caller's token.",
        ),
        (
            with_resources(
                "Post: {fields: {by: User}, owner: by}",
                "Reply: {fields: {post: Post, by: User}, owner: post.by}",
            ),
            "shop.yml:6:32: Reply.by is assumed to be any person, and to own nothing: whoever may "
            "write sends it like any other field. "
            "Write User =me, to take it from the caller's token.",
        ),
        (
            with_field("price: float"),
            "shop.yml:9:14: Book.price is assumed to be no money: floats don't add up to the cent. "
            "Write decimal 10,2 if it is.",
        ),
        (
            with_field("price: decimal"),
            "shop.yml:9:14: 12,2 is assumed for Book.price: a decimal has a number of digits, and "
            "this is 10 before the point and 2 after it. "
            "Write other ones behind it, as in decimal 10,4.",
        ),
        (
            with_field("word: string"),
            "shop.yml:9:13: Book.word is assumed to have up to 255 characters: every text has an "
            "end, and may be empty. Write a length, as in string 1..120.",
        ),
        (
            with_field("email: email"),
            "shop.yml:9:14: two books with the same email are assumed to be fine: nothing says "
            "that it stands once. Write unique behind it if it has to.",
        ),
        (
            with_field("api_key: string ..40"),
            "shop.yml:9:16: Book.api_key is assumed to be no secret: it is in every answer, for "
            "authenticated. Write private behind it if it is one: it is kept, and never "
            "shown.",
        ),
        (
            with_field("code: string ..40 private unique"),
            "shop.yml:9:33: Book.code is assumed to be too long to guess: whoever writes one that "
            "is taken is told so, though nobody is shown it. "
            "Leave out unique if somebody could try them all.",
        ),
        (
            with_field("code: string ..40 private") + "    unique: [[title, code]]\n",
            "shop.yml:9:7: Book.code is assumed to be too long to guess: whoever writes one that "
            "is taken is told so, though nobody is shown it. "
            "Leave out unique if somebody could try them all.",
        ),
        (
            with_field("author_id: uuid"),
            "shop.yml:9:18: Book.author_id is assumed to point to nothing here: as a plain uuid it "
            "may hold the id of a row that isn't there. "
            "Write author: and the name of a resource to make it a reference.",
        ),
        (
            with_book(),
            "shop.yml:5:3: newest first is the order of Book: a list always has an order, or its "
            "pages would repeat rows. "
            "Write list: {sort: name}, or -name, with a field that has `sort`.",
        ),
        (
            with_book("doc: One."),
            "shop.yml:1:1: a plain sentence documents the design: readers of the API see it first, "
            "and nobody wrote one. Write doc: with one of yours.",
        ),
        (
            f"{TOP}doc: Shop.\nresources:\n  Book: {{fields: {{a: int}}}}\n",
            "shop.yml:6:3: a plain sentence documents Book: readers of the API see it first, and "
            "nobody wrote one. Write doc: with one of yours.",
        ),
        (
            with_resources("Books: {fields: {a: int}, path: all-books}"),
            'shop.yml:5:3: "Books" is assumed to be the name of one: its list is at /all-books. '
            "Write Book if it is a plural.",
        ),
        (
            with_field("by: Author?") + "    unique: [[by, title]]\n",
            "shop.yml:10:5: Book without by is assumed to be like no other: PostgreSQL holds no "
            "two empty values for the same, so [by, title] doesn't bind them. "
            "Leave out the ? of by to bind them all.",
        ),
        (
            TOP,
            "shop.yml:1:1: no resources are assumed: the design names none, so the project holds "
            "people alone. Write resources: to add some.",
        ),
    ],
)
def test_what_a_design_leaves_open_is_told_with_the_word_that_changes_it(
    text: str, line: str
) -> None:
    assert line in assumed(text)


@pytest.mark.parametrize(
    ("open_one", "said", "silent"),
    [
        (with_field("by: Author"), with_field("by: Author cascade"), "restrict is assumed"),
        (with_field("price: float"), with_field("weight: float"), "no money"),
        (with_field("w: string"), with_field("w: string ..9"), "up to"),
        (with_field("w: string"), with_field("w: string /^a$/"), "up to"),
        (with_field("isbn: string ..9"), with_field("isbn: string ..9 unique"), "same isbn"),
        (with_book(), with_book("owner: author"), "any person"),
        (with_book(), with_book("list: {sort: title}"), "newest first"),
        (with_book(), with_book("access: {read: public, write: editor}"), "as the access"),
    ],
)
def test_what_a_design_says_is_not_asked_again(open_one: str, said: str, silent: str) -> None:
    assert any(silent in line for line in assumed(open_one))
    assert not any(silent in line for line in assumed(said))


def test_the_bookshop_leaves_little_open() -> None:
    assert len(assumed(BOOKSHOP)) == 2


def test_assumptions_stand_in_the_order_of_the_file() -> None:
    found = read(BOOKSHOP).assumptions

    assert list(found) == sorted(found, key=lambda each: (each.line, each.column))
