import pytest

from backsmith.design import canonical

from .designs import book, field_of, good, messages, told, with_book, with_field, with_resources

POST = "Post: {fields: {author: User}, owner: author}"


def names(text: str, which: str) -> list[str]:
    return [field.name for field in getattr(book(text), which)]


@pytest.mark.parametrize(
    "words", ["User =me", "User? =me set_null", "User =me one", "User cascade =me embed"]
)
def test_a_reference_may_be_whoever_creates_the_row(words: str) -> None:
    assert field_of(words).is_me


def test_what_is_set_from_a_token_is_shown_and_never_sent() -> None:
    text = with_field("by: User =me", "seller: User")

    assert names(text, "tokened") == ["by"]
    assert names(text, "sent") == ["title", "seller"]
    assert names(text, "changeable") == ["title", "seller"]
    assert names(text, "shown") == ["title", "by", "seller"]


def test_who_wrote_a_row_is_said_beside_an_owner_further_up() -> None:
    comment = "Comment: {fields: {post: Post, author: User cascade =me}, owner: post.author}"
    design = good(with_resources(POST, comment))

    assert "      author: User =me cascade\n" in canonical(design)
    assert good(canonical(design)) == design


def test_of_a_string_it_is_a_text_like_any_other() -> None:
    assert field_of("string =me").default == "me"


@pytest.mark.parametrize(
    ("words", "column", "message"),
    [
        ("Author =me", 20, '"word" refers to Author.\n    Only a reference to User takes it'),
        ("User =you", 18, '"=you" is not a word for a reference.\n    Only a reference to User'),
        ('User ="me"', 18, "is not a word for a reference.\n    Only a reference to User has"),
        ("User[] =me", 20, "is not a word for a list of references.\n    Whoever creates a row is"),
        ("User =me =me", 22, '"=me" says again what was said'),
        ("User =me readonly", 22, "a client never sends what is =me.\n    Leave out readonly."),
        ("User =me immutable", 22, "a client never sends what is =me.\n    Leave out immutable."),
        ("User =me private", 22, '"private" is not a word for a reference'),
    ],
)
def test_where_it_means_nothing_it_is_told(words: str, column: int, message: str) -> None:
    lines = told(with_field(f"word: '{words}'"))

    assert [line.startswith(f"shop.yml:9:{column + 1}: ") for line in lines] == [True], lines
    assert message in "\n".join(lines)


def test_an_owner_is_whoever_creates_the_row_already() -> None:
    text = with_book("owner: author").replace("author: User", "author: User =me")

    assert told(text) == [
        'shop.yml:6:52: "author" is the owner, which is whoever creates the row already.\n'
        "    Leave out =me."
    ]


def test_beside_an_owner_it_would_say_the_same_twice() -> None:
    text = with_field("by: User =me", "keeper: User") + "    owner: keeper\n"

    assert '"by" would always be the owner, "keeper", who creates the row as well.' in messages(
        text
    )


def test_somebody_has_to_create_a_row() -> None:
    text = with_field("by: User =me") + "    only: [list, get, update]\n"

    assert '"=me" is whoever creates the row, and only leaves create out.' in messages(text)


def test_nobody_but_a_person_creates_a_row() -> None:
    text = with_field("by: User =me") + "    access: {read: public, create: public}\n"

    assert "only reading can be public" in messages(text)
