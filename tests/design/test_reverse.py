import pytest

from backsmith.design import canonical
from backsmith.design.outline import outline
from backsmith.render.boxes import edges_of

from .designs import field_of, good, messages, told, with_field, with_resources

TOPIC = "Topic: {fields: {name: string, words: string, above: Topic?}}"


@pytest.mark.parametrize(
    "words", ["Author as=books", "User? set_null as=books_of_old", "Author one as=order"]
)
def test_a_reference_may_have_a_name_for_the_way_back(words: str) -> None:
    reference = field_of(words).reference

    assert reference
    assert reference.reverse == words.partition("as=")[2]


def test_links_may_have_one_too() -> None:
    links = field_of("Author[] ..3 as=books").links

    assert links
    assert links.reverse == "books"


def test_it_reads_back_from_the_canonical_form() -> None:
    text = with_field("author: Author as=books", "fans: 'User[] as=favourites'", "by: User as=bys")
    design = good(text)

    assert "      author: Author restrict as=books\n" in canonical(design)
    assert "      fans: User[] as=favourites\n" in canonical(design)
    assert good(canonical(design)) == design


def test_it_is_shown() -> None:
    design = good(with_field("author: Author as=books"))

    (edge,) = edges_of(design.resource("Book"))
    assert edge.said == "Book.author to Author: many to one, restrict on delete, books on it"
    assert outline(design)["resources"][1]["fields"][1]["as"] == "books"


@pytest.mark.parametrize(
    ("words", "column", "message"),
    [
        ("Author as=", 20, '"" can\'t be what rows are called.\n    Use a-z, 0-9 and single'),
        ("Author as=Books", 20, '"Books" can\'t be what rows are called. Did you mean "books"?'),
        ("Author as=a..b", 20, '"a..b" can\'t be what rows are called'),
        ("Author as=posts as=books", 29, '"as=books" says again what was said'),
        ("Author as=name", 20, 'Author can\'t call rows "name": its field name is in the way.'),
        ("Author as=metadata", 20, "that is an attribute of every SQLAlchemy model."),
        ("Author as=created_at", 20, "that is a column that Backsmith makes itself."),
        ("Author as=model_rows", 20, "that begins as Pydantic's own attributes do."),
        ("Author as=import", 20, "that is a word of Python."),
        ("User as=email", 18, 'User can\'t call rows "email": every person has it already.'),
        (
            "User as=roles",
            18,
            "every person has it already.\n    Choose another name, as in as=books.",
        ),
        ("string as=posts", 20, '"as=posts" is not a word for a string'),
    ],
)
def test_a_name_that_cannot_be_is_told_in_its_place(words: str, column: int, message: str) -> None:
    lines = told(with_field(f"word: {words}"))

    assert [line.startswith(f"shop.yml:9:{column}: ") for line in lines] == [True], lines
    assert message in "\n".join(lines)


def test_no_two_kinds_of_rows_are_called_the_same() -> None:
    text = with_field("author: Author as=books", "editor: Author as=books")

    assert told(text) == [
        'shop.yml:10:22: Author can\'t call rows "books": Book.author does so already.\n'
        "    Choose another name, as in as=books."
    ]


def test_one_name_may_be_on_two_kinds_of_rows() -> None:
    good(with_field("author: Author as=books", "by: User as=books"))


@pytest.mark.parametrize("name", ["words", "above", "above_id", "shown_above_id"])
def test_what_a_row_has_of_its_own_is_in_the_way(name: str) -> None:
    text = with_resources(TOPIC.replace("Topic?", f"Topic? as={name}"))

    assert "is in the way" in messages(text)
