import pytest

from backsmith.design import Read, read
from backsmith.design.model import OnDelete, Reference, Scalar

from .designs import BOOKSHOP, TOP, any_of, good, messages, told, with_resources


def test_the_bookshop_reads_as_it_is_printed() -> None:
    design = good(BOOKSHOP)

    assert design.name == "bookshop"
    assert design.roles == ("editor",)
    assert [resource.name for resource in design.resources] == ["Author", "Book", "Review"]
    assert design.resource("Book").access.read == any_of("public")
    assert design.resource("Book").field("author").type == Reference(
        "Author", OnDelete.RESTRICT, embed=True
    )
    assert design.resource("Review").owner == "author"
    assert design.resource("Review").unique == (("book", "author"),)
    assert design.resource("Review").field("text").type is Scalar.TEXT


def test_a_design_without_resources_is_one_of_people_alone() -> None:
    assert good("backsmith: 1\nname: people\n").resources == ()


def test_text_and_bytes_read_alike() -> None:
    assert read(BOOKSHOP) == read(BOOKSHOP.encode()) == read(b"\xef\xbb\xbf" + BOOKSHOP.encode())


def test_line_endings_of_windows_change_nothing() -> None:
    assert good(BOOKSHOP.replace("\n", "\r\n")) == good(BOOKSHOP)


def test_every_finding_is_told_at_once_and_in_the_order_of_the_file() -> None:
    text = with_resources(
        "Book: {fields: {title: strnig, price: int search}, cache: 30s}",
        "Note: {fields: {book: Bok}, wner: book}",
    )
    places = [(finding.line, finding.column) for finding in read(text).findings]

    assert places == sorted(places)
    assert [line.split("\n")[0] for line in told(text)] == [
        'shop.yml:5:26: "strnig" is not a type. Did you mean "string"?',
        'shop.yml:5:45: "search" is not a word for an int.',
        'shop.yml:5:54: "cache" comes with a later version of Backsmith; leave it out for now.',
        'shop.yml:6:25: "Bok" is no resource of this design. Did you mean "Book"?',
        'shop.yml:6:31: "wner" is not a key of a resource. Did you mean "owner"?',
        'shop.yml:6:37: the owner "book" doesn\'t refer to User.',
    ]


def test_what_stands_under_a_misspelt_key_or_name_is_looked_at_too() -> None:
    text = with_resources(
        "bed: {feilds: {name: strng 1..80 uniqe, plant: Plnt cascde}, acess: {raed: pubic}}",
        "Plant: {fields: {bed: Bed, soil: string =}, lst: {srt: -nam}}",
    ).replace("roles:", "role:")
    wrong = ["role", "bed", "feilds", "strng", "uniqe", "Plnt", "cascde", "acess", "raed", "pubic"]

    found = [line.split('"')[1] for line in told(text) if '"' in line.split("\n")[0]]

    assert found == [*wrong, "lst", "srt", "nam"]


def test_a_resource_that_is_not_indented_is_read_as_one() -> None:
    text = (
        with_resources("Note: {fields: {book: Book, other: Boook}}")
        + "Book: {fields: {title: strng}}\n"
    )

    assert [line.split("\n")[0] for line in told(text)] == [
        'shop.yml:5:38: "Boook" is no resource of this design. Did you mean "Book"?',
        'shop.yml:6:1: "Book" is not a key of a design.',
        'shop.yml:6:24: "strng" is not a type. Did you mean "string"?',
    ]


def test_a_resource_that_stands_alone_at_the_top_is_read_too() -> None:
    assert [line.split("\n")[0] for line in told(f"{TOP}Book: {{fields: {{title: strng}}}}\n")] == [
        'shop.yml:4:1: "Book" is not a key of a design.',
        'shop.yml:4:24: "strng" is not a type. Did you mean "string"?',
    ]


def test_a_role_that_can_not_be_is_told_once() -> None:
    text = with_resources("Book: {fields: {a: int}, access: {read: Boss, write: Boss}}")

    assert len(told(text.replace("[editor]", "[Boss]"))) == 1
    assert len(told(text.replace("[editor]", "Boss"))) == 1


def test_two_spellings_of_one_name_are_one_mistake() -> None:
    assert len(told(with_resources("bed: {fields: {a: int}}", "Bed: {fields: {b: int}}"))) == 1


def test_a_finding_is_a_line_and_a_hint_below_it() -> None:
    assert told("backsmith: 1\nname: shop\nroels: [editor]\n") == [
        'shop.yml:3:1: "roels" is not a key of a design. Did you mean "roles"?\n'
        "    Allowed: backsmith, name, doc, roles, enums and resources."
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: shop\n", "doesn't say in which version"),
        ("backsmith: 2\nname: shop\n", "reads version 1 of the language"),
        ("backsmith: [1]\nname: shop\n", "reads version 1 of the language"),
        ("backsmith: 1\n", "the design has no name"),
        ("backsmith: 1\nname:\n", "a name is one word"),
        ("backsmith: 1\nname: [shop]\n", "a name is one word"),
        (f"{TOP}doc: [a]\n", "the doc of a design is a text"),
        (f"{TOP}doc:\n", "the doc of a design says nothing"),
        (f"{TOP}doc: {'x' * 5001}\n", "is 5001 characters long"),
        (f"{TOP}resources: [Book]\n", "resources are written by name"),
        (f"{TOP}Book:\n  fields: {{a: int}}\n", "indent it under resources"),
        ("backsmith: 1\nname: shop\nroles: editor\n", "roles are a list"),
        ("backsmith: 1\nname: shop\nroles: [[a]]\n", "a role is one word"),
        ("backsmith: 1\nname: shop\nroles: [a, a]\n", '"a" is named twice'),
        (f"backsmith: 1\nname: shop\nroles: [{'a, ' * 51}]\n", "at most 50 roles"),
        (with_resources("Book:"), 'the resource "Book" has no fields'),
        (with_resources("Book: {doc: One.}"), 'the resource "Book" has no fields'),
        (with_resources("Book: {fields: [a]}"), 'the resource "Book" has no fields'),
        (with_resources("Book: {fields: {}}"), 'the resource "Book" has no fields'),
        (with_resources("Book: {fields: {a: int}, doc: [a]}"), "the doc of a resource is a text"),
        (with_resources("Book: {fields: {a: int}, doc: ''}"), "the doc of a resource says nothing"),
        ("", "the file is empty"),
        ("# nothing yet\n", "the file is empty"),
        ("hello", "this is no design"),
        ("- a\n- b\n", "this is no design"),
    ],
)
def test_a_design_says_what_it_is(text: str, message: str) -> None:
    assert message in messages(text)


def test_too_many_resources_are_refused_with_a_reason() -> None:
    text = with_resources(*(f"Thing{number}a: {{fields: {{a: int}}}}" for number in range(201)))

    assert "at most 200 resources; this one has 201" in messages(text)


def test_too_many_fields_are_refused_with_a_reason() -> None:
    fields = ", ".join(f"a{number}: int" for number in range(101))

    assert "at most 100 fields; this one has 101" in messages(
        with_resources(f"Book: {{fields: {{{fields}}}}}")
    )


def test_findings_without_end_are_cut_off() -> None:
    text = TOP + "".join(f"key{number}: x\n" for number in range(5000))
    lines = told(text)

    assert len(lines) == 201
    assert "200 findings are told; there may be more" in lines[-1]


def test_a_design_that_is_refused_makes_no_assumptions() -> None:
    assert read("hello") == Read(None, read("hello").findings, ())


def test_docs_are_one_line_and_those_of_a_design_are_paragraphs() -> None:
    design = good(
        "backsmith: 1\nname: shop\ndoc: |\n  One\n  line.\n\n  Another.\nresources:\n"
        "  Book:\n    doc: >-\n      Many\n      words.\n    fields:\n"
        "      title: {is: int, doc: 'It''s \"\"\" {{ $x }} \\'}\n"
    )

    assert design.doc == "One line.\n\nAnother."
    assert design.resource("Book").doc == "Many words."
    assert design.resource("Book").field("title").doc == 'It\'s """ {{ $x }} \\'


def test_a_design_that_has_no_doc_is_documented_plainly() -> None:
    design = good(with_resources("BookReview: {fields: {a: int}}", "Offer: {fields: {a: int}}"))

    assert design.doc == "The API of shop."
    assert [resource.doc for resource in design.resources] == ["A book review.", "An offer."]
