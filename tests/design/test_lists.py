"""Fields that hold many values."""

import pytest

from backsmith.design import canonical, read
from backsmith.design.model import SLUG_PATTERN, Empty, Field, List, Scalar

from .designs import field_of, good, messages, told, with_book, with_field, with_resources

MOODS = """\
backsmith: 1
name: shop
enums: {Mood: [glad, sad]}
resources:
  Book:
    fields:
      moods: Mood[] ..2 filter
      colours: enum[] red,green
"""


def item_of(words: str) -> Field:
    item = field_of(words).item
    assert item
    return item


@pytest.mark.parametrize("words", ["string[]", "string many", "string []"])
def test_both_forms_say_the_same(words: str) -> None:
    field = field_of(words)

    assert field.type == List(Field("word", Scalar.STRING, maximum=255))
    assert (field.minimum, field.maximum, field.required) == (None, 100, True)


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("string[] ..20", (None, 20)),
        ("int[] 0..20", (None, 20)),
        ("slug many 1..", (1, 100)),
        ("date[] 2..2", (2, 2)),
        ("uuid[] ..1000", (None, 1000)),
        ("time[] 200..", (200, 200)),
    ],
)
def test_a_range_counts_the_values(words: str, bounds: tuple[int | None, int]) -> None:
    field = field_of(words)

    assert (field.minimum, field.maximum) == bounds


@pytest.mark.parametrize("count", ["..1001", "5..2", "..0", "..", "1.5..2", "-1..3"])
def test_a_count_is_one_that_can_be(count: str) -> None:
    assert "is no count of values" in messages(with_field(f"words: string[] {count}"))


def test_each_value_has_the_bounds_of_its_type() -> None:
    assert item_of("slug[]").pattern == SLUG_PATTERN
    assert item_of("int[] ..3").maximum == 2**31 - 1
    assert item_of("decimal[] 8,3").precision == (8, 3)
    assert item_of("decimal[]").precision == (12, 2)
    assert item_of("string[] /^[A-Z]{2}$/").maximum == 2


def test_a_list_is_sent_unless_it_may_be_missing_or_empty() -> None:
    assert field_of("string[]?").optional
    assert field_of("string[] optional") == field_of("string many optional")
    assert field_of("string[] =[]").default is Empty.LIST
    assert not field_of("string[] =[]").required


def test_an_example_is_one_of_the_values() -> None:
    field = field_of("{is: 'string[]', example: red}")

    assert field.item
    assert (field.example, field.item.example) == ("red", "red")


def test_the_values_of_an_enum_are_words_as_ever() -> None:
    moods, colours = good(MOODS).resource("Book").fields

    assert moods.choices
    assert (moods.choices.name, moods.choices.shared) == ("Mood", True)
    assert colours.choices
    assert (colours.choices.name, colours.choices.values) == ("BookColours", ("red", "green"))


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("text[]", "`string[]` holds lines of text"),
        ("text many", "`string[]` holds lines of text"),
        ("bool[]", "as in enum[] open,paid"),
        ("bytes[]", "a resource of its own"),
        ("json[]", "write json"),
        ("string?[]", "For a list that may be missing, write string[]?."),
        ("string[] many", "Leave it out."),
        ("string many many", "Leave it out."),
        ("string[]? optional", "Leave it out."),
        ("string[] sort", "no order among each other"),
        ("string[] search", "`filter` finds the rows that hold a value."),
        ("string[] index", "makes its index"),
        ("string[] unique", "a resource of their own"),
        ("string[] cascade", "Allowed: optional (or string[]?)"),
        ("int[] 10,2", "Allowed: optional (or int[]?), 1..9, =[], filter"),
        ("slug[] /^a$/", "Allowed: optional (or slug[]?)"),
        ("string[] fliter", 'Did you mean "filter"?'),
        ("url[] filter", "2048 characters are too long"),
        ("string[] =a", "A list is empty where nobody says otherwise: =[]"),
        ("date[] =now", "A list is empty where nobody says otherwise: =[]"),
        ('string[] ="[]"', "A list is empty where nobody says otherwise: =[]"),
        ("string[] 1.. =[]", "there are at least 1 values"),
        ("{is: 'int[]', example: red}", 'the example "red" is no whole number'),
        ("string[] private filter", "would tell what a private field holds"),
        ("string[] readonly", "a new row would have no value"),
        ("string[] as=words", "Allowed: optional (or string[]?)"),
    ],
)
def test_what_makes_no_sense_of_a_list_is_refused(words: str, hint: str) -> None:
    lines = told(with_field(f"words: {words}"))

    assert len(lines) == 1
    assert hint in lines[0]


@pytest.mark.parametrize("key", ["unique: [[title, words]]", "index: [[words, title]]"])
def test_no_index_holds_a_list_beside_others(key: str) -> None:
    lines = told(with_field("words: string[]") + f"    {key}\n")

    assert len(lines) == 1
    assert '"words" is a list' in lines[0]


def test_no_right_depends_on_a_list() -> None:
    fields = "fields: {title: string sort, words: 'string[]', author: User}"
    lines = told(
        with_resources(f"Book: {{{fields}, owner: author, access: {{read: public if words=a}}}}")
    )

    assert len(lines) == 1
    assert "a condition is on an enum" in lines[0]


def test_no_list_is_sorted_by_one() -> None:
    text = with_book("list: {sort: words}").replace("author: User", "words: 'string[]'")

    assert 'sorted by "words", which has no `sort`' in messages(text)


@pytest.mark.parametrize(
    "words",
    [
        "string[]",
        "string[]? 1..5 /^[a-z]+$/ filter",
        "decimal[] 8,3 ..7 =[]",
        "enum[] red,green =[] readonly",
        "slug[] private immutable",
        "{is: 'date[] deprecated', doc: Days off., example: 2026-02-28}",
    ],
)
def test_its_canonical_form_reads_back(words: str) -> None:
    design = good(with_field(f"words: {words}"))

    assert read(canonical(design)).design == design
