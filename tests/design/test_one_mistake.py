"""One mistake is told once, and not wherever something else depends on it."""

import pytest

from .designs import TOP, told, with_resources

ACCESS = "    access: {read: [public if state=draft, owner], write: owner}"


def heads(text: str) -> list[str]:
    return [line.split("\n")[0].partition(": ")[2] for line in told(text)]


def test_what_is_not_there_is_told_once() -> None:
    found = heads(
        with_resources(
            "Post:",
            "  fields:",
            "    author: User cascade",
            "    kind: Category embed",
            "    kinds: Category[]",
            "  owner: author",
            "  unique: [[author, kind]]",
            "Like: {fields: {kind: Category? one set_null as=likes, post: Post}}",
        )
    )

    assert found == ['"Category" is no resource of this design.']


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["Post:", "  fields: {author: Usr =me cascade}", "  access: {read: public}"],
            '"Usr" is no resource of this design. Did you mean "User"?',
        ),
        (
            ["Post:", "  fields: {author: Usr cascade}", "  owner: author"],
            '"Usr" is no resource of this design. Did you mean "User"?',
        ),
        (
            ["Post: {fields: {author: Person cascade}, owner: author}"],
            '"Person" is no resource of this design. Did you mean "User"?',
        ),
        (
            ["Note: {fields: {post: Article cascade}, owner: post.author}"],
            '"Article" is no resource of this design.',
        ),
        (
            [
                "Post:",
                "  fields: {author: User, state: Progress =draft filter, title: string sort}",
                "  owner: author",
                "  index: [[state, title]]",
                "  access: {read: [public if state=draft, owner], write: owner}",
            ],
            '"Progress" is no resource of this design.',
        ),
        (
            ["Post:", "Note: {fields: {post: Post cascade}, owner: post.author}"],
            'the resource "Post" has no fields.',
        ),
        (
            ["post: {fields: {author: User}}", "Note: {fields: {post: Post}, owner: post.author}"],
            '"post" can\'t be the name of a resource. Did you mean "Post"?',
        ),
        (
            [
                "Post:",
                "  owner: author",
                "  list: {sort: title}",
                "  unique: [[author, title]]",
                "  access: {read: [public if state=draft, owner]}",
                "Note: {fields: {post: Post cascade}, owner: post.author}",
            ],
            'the resource "Post" has no fields.',
        ),
        (
            [
                "Post:",
                "  fields: {author: User, Title: string sort}",
                "  owner: author",
                "  list: {sort: title}",
                "  unique: [[author, title]]",
            ],
            '"Title" can\'t be the name of a field. Did you mean "title"?',
        ),
        (
            ["Post:", "  fields: {state: enm draft}"],
            '"enm" is not a type. Did you mean "enum"?',
        ),
    ],
)
def test_what_depends_on_a_mistake_is_not_told(lines: list[str], message: str) -> None:
    assert heads(with_resources(*lines)) == [message]


def test_an_enum_that_is_misspelt_is_used_all_the_same() -> None:
    enums = f"{TOP}enums: {{Status: [draft, printed]}}\nresources:\n"
    post = "  Post:\n    fields: {author: User, state: Statu =draft filter}\n    owner: author\n"

    assert heads(f"{enums}{post}{ACCESS}\n") == [
        '"Statu" is no resource of this design. Did you mean "Status"?'
    ]


def test_a_role_that_is_missing_is_told_once() -> None:
    rules = "{read: [admin, moderator], write: [moderator, admin], delete: moderator}"
    found = heads(with_resources(f"Post: {{fields: {{a: int}}, access: {rules}}}"))

    assert found == ['"moderator" is nobody that this design knows.']


def test_what_is_misspelt_is_told_wherever_it_stands() -> None:
    found = heads(with_resources("Post: {fields: {a: Usr, b: Usr}}"))

    assert found == ['"Usr" is no resource of this design. Did you mean "User"?'] * 2
