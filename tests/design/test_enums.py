import pytest

from backsmith.design import canonical
from backsmith.design.model import Enum, Field

from .designs import TOP, book, good, messages, told, with_field, with_resources

STATUS = Enum("Status", ("draft", "review"), shared=True)


def with_enums(enums: str, *lines: str) -> str:
    """A design whose enums are these, and whose Book has these fields, from line 10 on."""
    return with_field(*lines).replace("resources:", f"enums: {enums}\nresources:", 1)


def inline(*values: str, name: str = "BookWord") -> Enum:
    return Enum(name, values, shared=False)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Status", Field("word", STATUS)),
        ("Status? filter index", Field("word", STATUS, optional=True, index=True, filter=True)),
        ("Status =review", Field("word", STATUS, default="review")),
    ],
)
def test_an_enum_with_a_name_is_a_type(words: str, field: Field) -> None:
    text = with_enums("{Status: [draft, review]}", f"word: {words}")

    assert book(text).field("word") == field
    assert good(text).enums == (STATUS,)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("enum draft,review", Field("word", inline("draft", "review"))),
        ("enum? a,b =a filter", Field("word", inline("a", "b"), True, "a", filter=True)),
        ("enum no,on,class,None", Field("word", inline("no", "on", "class", "None"))),
        ("enum filter,sort =sort", Field("word", inline("filter", "sort"), default="sort")),
        ("enum EUR,eu-west-1,in_review", Field("word", inline("EUR", "eu-west-1", "in_review"))),
        ("enum filter =b a,b", Field("word", inline("a", "b"), default="b", filter=True)),
        ("enum draft", Field("word", inline("draft"))),
        ("enum true,null", Field("word", inline("true", "null"))),
    ],
)
def test_a_field_can_declare_its_values_itself(words: str, field: Field) -> None:
    assert book(with_field(f"word: {words}")).field("word") == field


def test_the_class_of_an_enum_is_called_after_its_resource_and_field() -> None:
    assert book(with_field("read_state: enum a,b")).field("read_state").type == inline(
        "a", "b", name="BookReadState"
    )


def test_values_are_words_whatever_yaml_would_make_of_them() -> None:
    text = with_enums("{Answer: [no, yes, on, off, y, true]}", "word: Answer =no")

    assert good(text).enums[0].values == ("no", "yes", "on", "off", "y", "true")
    assert good(canonical(good(text))) == good(text)


def test_an_example_is_one_of_the_values() -> None:
    field = book(with_field("word: {is: 'enum a,b', doc: A word., example: b}")).field("word")

    assert (field.doc, field.example) == ("A word.", "b")


def test_enums_stand_together_with_other_fields() -> None:
    text = with_field("kind: enum a,b") + (
        "    unique: [[title, kind]]\n    index: [[kind, -title]]\n"
    )

    assert book(text).unique == (("title", "kind"),)


@pytest.mark.parametrize(
    ("words", "column", "message"),
    [
        ("enum", 7, 'the enum "word" has no values'),
        ("enum filter", 7, 'the enum "word" has no values'),
        ("enum draft, review", 18, "Write the values without spaces between them"),
        ("enum a,,b", 20, '"" can\'t be a value of an enum'),
        ("enum a,b c", 22, '"c" is not a word for an enum.'),
        ("enum a,2b", 20, '"2b" can\'t be a value of an enum. Did you mean "b"?'),
        ("enum a,in.review", 20, 'Did you mean "in_review"?'),
        ("enum a,b_", 20, '"b_" can\'t be a value'),
        ("enum 10,2", 18, '"10" can\'t be a value'),
        ("enum a,b,a", 22, '"a" is named twice'),
        ("enum eur,EUR", 22, '"EUR" and "eur" would both be called EUR in code'),
        ("enum in-it,in_it", 24, '"in_it" and "in-it" would both be called IN_IT in code'),
        (f"enum a,{'b' * 65}", 20, "64 characters at most"),
        (f"enum {','.join(f'v{n}' for n in range(301))}", 1408, "Make it a resource"),
        ("enum draft,review =drfat", 31, "is none of the enum's values"),
        ("enum draft,review =drfat", 31, 'Did you mean "draft"?'),
        ("enum draft,review =x", 31, "There are draft and review."),
        ("enum a,b sort", 22, "It would sort by the alphabet"),
        ("enum a,b search", 22, "`filter` finds the rows of a value"),
        ("enum a,b unique", 22, "Write it beside another field"),
        ("enum a,b 1..2", 22, "Its values are all that it holds"),
        ("enum a,b cascade", 22, '"cascade" is not a word for an enum.'),
        ("enum(a,b)", 13, "Put a space between a type and each of its words"),
        ("enm a,b", 13, 'Did you mean "enum"?'),
        ("{is: 'enum a,b', example: c}", 39, 'the example "c" is none of the enum\'s values'),
    ],
)
def test_a_word_that_is_wrong_is_found_in_its_place(words: str, column: int, message: str) -> None:
    found = [line for line in told(with_field(f"word: {words}")) if message in line]

    assert found
    assert found[0].startswith(f"shop.yml:9:{column}: ")


def test_a_comma_between_braces_is_a_trap() -> None:
    lines = told(with_resources("Book: {fields: {word: enum draft,review =draft filter}}"))

    assert len(lines) == 1
    assert 'the comma before "review =draft filter" ends the value' in lines[0]
    assert "Put it on a line of its own, or quote it." in lines[0]


@pytest.mark.parametrize(
    ("enums", "column", "message"),
    [
        ("[Status]", 8, "enums are written by name"),
        ("{status: [a]}", 9, 'Did you mean "Status"?'),
        ("{Status: draft}", 17, "an enum is a list of values"),
        ("{Status: []}", 17, 'the enum "Status" has no values'),
        ("{Status: [a, [b]]}", 21, "a value of an enum is one word"),
        ("{Status: [a, null]}", 21, "a value of an enum is one word"),
        ("{Status: [a, b c]}", 21, 'Did you mean "b_c"?'),
        ("{Status: [a, a]}", 21, '"a" is named twice'),
        ("{Status: [a], Mood: [b]}", 22, 'no field uses the enum "Mood"'),
        ("{Status: [a], Book: [b]}", 22, 'the enum "Book" has the name of the resource "Book"'),
        ("{Status: [a], BOOK: [b]}", 22, 'has the name of the module "book" of "Book"'),
        ("{Status: [a], STATUS: [b]}", 22, 'has the name of the module "status" of "Status"'),
        ("{Status: [a], BookRead: [b]}", 22, 'has the name of a class of "Book"'),
        ("{Status: [a], User: [b]}", 22, 'an enum can\'t be called "User"'),
        ("{Status: [a], Slug: [b]}", 22, "is a name that schemas have already"),
        ("{Status: [a], List: [b]}", 22, "is a name of the libraries"),
        ("{Status: [a], Class: [b]}", 22, "is a word of Python"),
    ],
)
def test_an_enum_that_is_wrong_is_found_in_its_place(enums: str, column: int, message: str) -> None:
    found = [line for line in told(with_enums(enums, "word: Status")) if message in line]

    assert found
    assert found[0].startswith(f"shop.yml:4:{column}: ")


@pytest.mark.parametrize(
    ("lines", "name", "other"),
    [
        (["Book: {fields: {summary: enum a}}"], "BookSummary", 'a class of "Book"'),
        (
            ["Book: {fields: {review: enum a}}", "BookReview: {fields: {text: text}}"],
            "BookReview",
            'the resource "BookReview"',
        ),
        (
            ["Book: {fields: {review_mood: enum a}}", "BookReview: {fields: {mood: enum a}}"],
            "BookReviewMood",
            'the enum of "review_mood"',
        ),
    ],
)
def test_the_class_of_an_enum_meets_no_other(lines: list[str], name: str, other: str) -> None:
    assert f'would be called "{name}", which is {other}' in messages(with_resources(*lines))


def test_an_enum_takes_no_class_that_a_field_declares() -> None:
    text = with_enums("{BookWord: [a]}", "word: enum a,b", "other: BookWord")

    assert 'would be called "BookWord", which is the enum "BookWord"' in messages(text)


def test_a_design_has_an_end_of_enums() -> None:
    enums = ", ".join(f"E{n}: [a]" for n in range(101))

    assert "a design has at most 100 enums" in messages(f"{TOP}enums: {{{enums}}}\n")
