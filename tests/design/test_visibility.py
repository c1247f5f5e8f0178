import pytest

from backsmith.design.model import Field

from .designs import book, field_of, good, messages, told, with_book, with_field


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("string private", "private"),
        ("string? readonly", "readonly"),
        ("int =0 readonly", "readonly"),
        ("User? readonly", "readonly"),
        ("string immutable", "immutable"),
        ("Author immutable", "immutable"),
        ("Author? deprecated", "deprecated"),
        ("string ..9 unique private immutable deprecated", "private"),
    ],
)
def test_a_word_says_who_sends_and_who_sees_a_field(words: str, name: str) -> None:
    assert getattr(field_of(words), name) is True


def test_a_field_is_sent_changed_and_shown_unless_it_says_otherwise() -> None:
    resource = book(
        with_field(
            "secret: string private", "seen: int? readonly", "sku: slug immutable", "by: User"
        )
        + "    owner: by\n"
    )

    def names(fields: tuple[Field, ...]) -> list[str]:
        return [field.name for field in fields]

    assert names(resource.sent) == ["title", "secret", "sku"]
    assert names(resource.changeable) == ["title", "secret"]
    assert names(resource.shown) == ["title", "seen", "sku", "by"]


@pytest.mark.parametrize(
    ("words", "column", "message"),
    [
        (
            "string readonly",
            20,
            "a new row would have no value.\n    Write a ? behind the",
        ),
        ("User readonly", 18, "a new row would have no value.\n    Write a ? behind the type."),
        ("string? readonly immutable", 30, "so that nothing is left to forbid.\n    Leave out imm"),
        ("string? private readonly", 29, "nobody could write what is readonly, or see what is"),
        ("string private filter", 28, '"filter" would tell what a private field holds.'),
        ("string sort private", 20, '"sort" would tell what a private field holds.'),
        ("string private search", 28, '"search" would tell what a private field holds.'),
        (
            "User private",
            18,
            '"private" is not a word for a reference.\n    Every list can',
        ),
        ("string private private", 28, '"private" says again what was said'),
        ("string read_only", 20, 'Did you mean "readonly"?'),
        ("string secret", 20, 'Did you mean "private"?'),
        ("string privat", 20, 'Did you mean "private"?'),
        ("string imutable", 20, 'Did you mean "immutable"?'),
    ],
)
def test_words_that_do_not_go_together_are_told(words: str, column: int, message: str) -> None:
    lines = told(with_field(f"word: {words}"))

    assert any(line.startswith(f"shop.yml:9:{column}: ") for line in lines), lines
    assert message in "\n".join(lines)


def test_everything_wrong_with_a_field_is_told_at_once() -> None:
    assert len(told(with_field("word: string private readonly immutable filter sort"))) == 5


@pytest.mark.parametrize("word", ["readonly", "immutable"])
def test_an_owner_is_never_sent(word: str) -> None:
    text = with_book("owner: author").replace("author: User", f"author: User {word}")

    assert told(text) == [
        'shop.yml:6:52: "author" is the owner, which is set from the caller\'s token and never '
        f"sent.\n    Leave out {word}."
    ]


def test_an_owner_may_be_deprecated() -> None:
    good(with_book("owner: author").replace("author: User", "author: User deprecated"))


def test_a_resource_may_be_deprecated() -> None:
    assert book(with_book("deprecated: true")).deprecated
    assert not book(with_book("deprecated: false")).deprecated
    assert not book(with_book()).deprecated


@pytest.mark.parametrize("value", ["yes", "True", "[true]", "{}", "soon"])
def test_a_resource_is_deprecated_or_it_is_not(value: str) -> None:
    text = messages(with_book(f"deprecated: {value}"))

    assert "deprecated is either true or false.\n    Write deprecated: true." in text


@pytest.mark.parametrize(
    ("words", "only", "message"),
    [
        ("string private", "list, get", "nobody writes what is private, and nobody sees it"),
        ("string immutable", "create, get", '"immutable" is for what is sent when a row is made'),
        ("string immutable", "update, get", '"immutable" is for what is sent when a row is made'),
    ],
)
def test_who_sends_a_field_goes_with_the_operations_that_are_left(
    words: str, only: str, message: str
) -> None:
    assert message in messages(with_field(f"word: {words}") + f"    only: [{only}]\n")


def test_rights_ask_for_nothing_that_people_never_see() -> None:
    rule = "    access: {read: [public if done=true, admin]}\n"
    told = messages(with_field("done: bool =false private") + rule)

    assert 'who sees a row would tell what "done" holds, and it is private.' in told
