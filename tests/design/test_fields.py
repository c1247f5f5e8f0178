from decimal import Decimal

import pytest

from backsmith.design.model import SLUG_PATTERN, Field, Moment, OnDelete, Reference, Scalar, Value

from .designs import book, field_of, messages, told, with_field


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("string", Field("word", Scalar.STRING, maximum=255)),
        ("string 1..200", Field("word", Scalar.STRING, minimum=1, maximum=200)),
        ("string ..80", Field("word", Scalar.STRING, maximum=80)),
        ("string 0..80", Field("word", Scalar.STRING, maximum=80)),
        ("string 3..", Field("word", Scalar.STRING, minimum=3, maximum=255)),
        ("text", Field("word", Scalar.TEXT, maximum=100_000)),
        ("slug", Field("word", Scalar.SLUG, maximum=80, pattern=SLUG_PATTERN)),
        ("email", Field("word", Scalar.EMAIL, maximum=254)),
        ("url", Field("word", Scalar.URL, maximum=2048)),
        ("int", Field("word", Scalar.INT, minimum=-(2**31), maximum=2**31 - 1)),
        ("int 1..5", Field("word", Scalar.INT, minimum=1, maximum=5)),
        ("int -5..", Field("word", Scalar.INT, minimum=-5, maximum=2**31 - 1)),
        ("bigint", Field("word", Scalar.BIGINT, minimum=-(2**53) + 1, maximum=2**53 - 1)),
        ("float", Field("word", Scalar.FLOAT)),
        ("float -0.5..1", Field("word", Scalar.FLOAT, minimum=Decimal("-0.5"), maximum=Decimal(1))),
        ("decimal", Field("word", Scalar.DECIMAL, precision=(12, 2))),
        ("decimal 10,2 0..", Field("word", Scalar.DECIMAL, minimum=Decimal(0), precision=(10, 2))),
        ("bool filter", Field("word", Scalar.BOOL, filter=True)),
        ("date?", Field("word", Scalar.DATE, optional=True)),
        ("time optional", Field("word", Scalar.TIME, optional=True)),
        ("datetime index sort", Field("word", Scalar.DATETIME, index=True, sort=True)),
        ("uuid unique", Field("word", Scalar.UUID, unique=True)),
        ("Author", Field("word", Reference("Author"))),
        ("Author? set_null", Field("word", Reference("Author", OnDelete.SET_NULL), optional=True)),
        ("Author cascade", Field("word", Reference("Author", OnDelete.CASCADE))),
        ("User restrict embed unique", Field("word", Reference("User", embed=True), unique=True)),
    ],
)
def test_a_field_is_a_type_and_words(words: str, field: Field) -> None:
    assert field_of(words) == field


@pytest.mark.parametrize(
    ("words", "default"),
    [
        ("int =0", 0),
        ("float =0.5", 0.5),
        ("decimal 10,2 =0.00", Decimal("0.00")),
        ("bool =true", True),
        ("bool =false", False),
        ("string =draft", "draft"),
        ('string ="two words" sort', "two words"),
        ("string ='two words'", "two words"),
        (r'string ="a \"quoted\" \\ one"', 'a "quoted" \\ one'),
        ('string =""', ""),
        ("string =me", "me"),
        ("string =now", "now"),
        ("date =now", Moment.NOW),
        ("time? =now", Moment.NOW),
        ("datetime =now filter sort", Moment.NOW),
        ("slug =a-b", "a-b"),
        ("date =2026-01-31", "2026-01-31"),
        ("time =09:30", "09:30"),
        ("datetime =2026-01-31T09:30:00Z", "2026-01-31T09:30:00Z"),
        ("email =alice@example.com", "alice@example.com"),
        ("url =https://example.com/a?b=c", "https://example.com/a?b=c"),
        ("uuid =019a0000-0000-7000-8000-000000000000", "019a0000-0000-7000-8000-000000000000"),
    ],
)
def test_a_default_has_the_type_of_its_field(words: str, default: Value | Moment) -> None:
    value = field_of(words).default

    assert value == default
    assert type(value) is type(default)


def test_the_long_form_says_more_about_a_field() -> None:
    field = book(with_field("word: {is: string ..9, doc: Shown first., example: Breaking}"))

    assert field.field("word").doc == "Shown first."
    assert field.field("word").example == "Breaking"
    assert field.field("word").maximum == 9


def test_a_pattern_may_hold_spaces_and_slashes() -> None:
    assert field_of(r"string /^[a-z]+ \/ [a-z]+$/ sort").pattern == "^[a-z]+ / [a-z]+$"


def test_a_pattern_bounds_the_length_as_far_as_it_goes() -> None:
    assert field_of("string /^97[89][0-9]{10}$/").maximum == 13
    assert field_of("string /^[a-z]+$/").maximum == 255
    assert field_of("string ..20 /^[a-z]{9}$/").maximum == 20


@pytest.mark.parametrize(
    ("words", "column", "message"),
    [
        ("strnig", 13, '"strnig" is not a type. Did you mean "string"?'),
        ("varchar 1..20", 13, '"varchar" is not a type. Did you mean "string"?'),
        ("string(120)", 13, "Put a space between a type and each of its words"),
        ("decimal(10,2)", 13, "Put a space between a type and each of its words"),
        ("string 1..200 serach", 27, '"serach" is not a word for a string. Did you mean "search"?'),
        ('"string 1..200 serach"', 28, '"serach" is not a word for a string'),
        ("string Unique", 20, 'Did you mean "unique"?'),
        ("string nullable", 20, 'Did you mean "optional"?'),
        ("string required", 20, "Every field is required unless it says `?`"),
        ("string 120", 20, 'Did you mean "..120"?'),
        ("string sort sort", 25, '"sort" says again what was said'),
        ("string? optional", 21, '"optional" says again what was said'),
        ("string unique index", 27, '"unique" makes an index already'),
        ("int search", 17, '"search" is not a word for an int.'),
        ("int 10,2", 17, '"10,2" is not a word for an int.'),
        ("int /^1$/", 17, "is not a word for an int."),
        ("slug /^a$/", 18, "A slug has a pattern of its own"),
        ("bool sort", 18, '"sort" is not a word for a bool.'),
        ("bool unique", 18, '"unique" is not a word for a bool.'),
        ("float unique", 19, "Floats that look the same can differ"),
        ("uuid sort", 18, '"sort" is not a word for a uuid.'),
        ("string cascade", 20, '"cascade" is not a word for a string.'),
        ("string embed", 20, '"embed" is not a word for a string.'),
        ("Author filter", 20, "Every reference can be filtered by already"),
        ("Author index", 20, "Every reference is indexed already"),
        ("Author sort", 20, '"sort" is not a word for a reference.'),
        ("Author =x", 20, '"=x" is not a word for a reference.'),
        ("Author set_null", 20, '"set_null" needs a field that may be empty'),
        ("Author cascade restrict", 28, '"restrict" says again what was said'),
        ("Authr", 13, '"Authr" is no resource of this design. Did you mean "Author"?'),
        ("String", 13, '"String" is no resource of this design. Did you mean "string"?'),
        ("string 5..2", 20, '"5..2" runs backwards'),
        ("string 300..", 20, '"300.." runs backwards'),
        ("string -1..", 20, '"-1.." is no length'),
        ("string ..0", 20, '"..0" is no length'),
        ("string 1.5..2", 20, "A length is a whole number"),
        ("string ..20000", 20, "`text` holds more"),
        ("text ..100001", 18, "A text holds at most 100000 characters"),
        ("string ..", 20, '".." is no range'),
        ("string 1..a", 20, '"1..a" is no range'),
        ("int 1_000..", 17, '"1_000.." is no range'),
        ("int 0x10..", 17, '"0x10.." is no range'),
        ("int 1..3000000000", 17, "`bigint` holds more"),
        ("bigint ..9007199254740992", 20, "is beyond bigint"),
        (f"int ..{'9' * 5000}", 17, "is no range"),
        ("int 0.5..", 17, "An int is a whole number"),
        ("decimal 5,2 1000..", 25, "There are 3 before the point"),
        ("decimal 5,2 0.001..", 25, "There are 2 of them"),
        ("decimal 2,5", 21, '"2,5" can\'t be the digits of a decimal'),
        ("decimal 0,0", 21, '"0,0" can\'t be the digits of a decimal'),
        ("decimal 1000,2", 21, '"1000,2" can\'t be the digits of a decimal'),
        ("text unique", 18, "100000 characters are too long"),
        ("url unique", 17, "Bound the field: url ..600 or less"),
        ("string ..601 index", 26, "601 characters are too long"),
        ("string ..601 filter", 26, "601 characters are too long"),
        ("string ..601 sort", 26, "601 characters are too long"),
        ("string unique =a", 27, "a unique field can't have a default"),
        ("string =", 20, "nothing follows the ="),
        ('string ="a', 20, 'the default "="a" is never closed'),
        ("int =1.5", 17, 'the default "1.5" is no whole number'),
        ("int =007", 17, 'the default "007" is no whole number'),
        ("int 1..5 =6", 22, "It goes from 1..5"),
        ("int =3000000000", 17, "is out of the field's range"),
        ("string ..3 =draft", 24, "is out of the field's length"),
        ("string /^a$/ =b", 26, "doesn't match the field's pattern"),
        ("slug =Not-A-Slug", 18, "doesn't match the field's pattern"),
        ("decimal 5,2 =1.234", 25, "has too many decimal places"),
        ("decimal 5,2 =1234", 25, "has too many digits"),
        ("decimal 5,2 =1e3", 25, "is no number"),
        ("float =1e999", 19, "is too large for a float"),
        ("float =nan", 19, "is no number"),
        ("bool =yes", 18, "is neither true nor false"),
        ("date =2026-02-30", 18, "is no date"),
        ("date =0001-01-01", 18, "is no date"),
        ("time =25:00", 18, "is no time of day"),
        ("date =today", 18, "=now is when a row is made"),
        ("time =noon", 18, "=now is when a row is made"),
        ("datetime =now()", 22, "=now is when a row is made"),
        ("int =now", 17, 'the default "now" is no whole number'),
        ("datetime unique =now", 29, "a unique field can't have a default"),
        ("{is: date, example: now}", 33, 'the example "now" is no date'),
        ("datetime =2026-01-31T09:30:00", 22, "is no moment"),
        ("email =alice", 19, "is no e-mail address"),
        ("url =ftp://example.com", 17, "is no web address"),
        ("uuid =1234", 18, "is no UUID"),
        ("string =" + "x" * 501, 20, "is too long to be read"),
        ("string /^a", 20, 'the pattern "/^a" is never closed'),
        ("string //", 20, "this pattern is empty"),
        ("string ..3 /^[a-z]{5}$/", 24, "no text fits both the pattern and the length"),
        ("string 9.. /^[a-z]{5}$/", 24, "no text fits both the pattern and the length"),
        ("string " + "sort " * 31, 25, "says again what was said"),
        ("[string]", 13, "a field is a type and words"),
        ("{doc: x}", 13, "this field has no type"),
        ("{is: int, dco: x}", 23, '"dco" is not a key of a field. Did you mean "doc"?'),
        ("{is: int, doc: [x]}", 28, "the doc of a field is a text"),
        ("{is: int, example: [x]}", 32, "an example is one value"),
        ("{is: int 1..5, example: 6}", 37, 'the example "6" is out of the field\'s range'),
        ("{is: Author, example: 6}", 35, "is given for a reference"),
    ],
)
def test_a_word_that_is_wrong_is_found_in_its_place(words: str, column: int, message: str) -> None:
    found = [line for line in told(with_field(f"word: {words}")) if message in line]

    assert found
    assert found[0].startswith(f"shop.yml:9:{column}: ")


def test_a_field_needs_a_type() -> None:
    assert 'the field "word" has no type' in messages(with_field("word:"))


def test_what_is_allowed_is_told_for_each_type() -> None:
    assert told(with_field("word: Author optonal")) == [
        'shop.yml:9:20: "optonal" is not a word for a reference. Did you mean "optional"?\n'
        "    Allowed: optional (or Author?), =me, unique, readonly, immutable, deprecated, "
        "cascade, restrict, set_null, embed, one, as=posts, many (or Author[])."
    ]


def test_words_beyond_reason_are_refused() -> None:
    assert "a field takes at most 30 words" in messages(with_field("word: int " + "x " * 40))


def test_a_default_stays_on_one_line() -> None:
    assert "holds a line break or a tab" in messages(with_field(r'word: "string =\"a\tb\""'))


def test_what_search_may_hold_is_bounded_over_all_fields() -> None:
    text = with_field("body: text search")
    more = text.replace("title: string 1..200 sort", "title: text search")

    assert book(text).field("body").search
    assert "hold 200000 characters together" in messages(more)
