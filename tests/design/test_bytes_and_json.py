import pytest

from backsmith.design import canonical
from backsmith.design.model import Field, Scalar

from .designs import book, field_of, good, messages, told, with_field


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("bytes", Field("word", Scalar.BYTES, maximum=1_048_576)),
        ("bytes? 1..2000", Field("word", Scalar.BYTES, optional=True, minimum=1, maximum=2000)),
        ("bytes ..9 private", Field("word", Scalar.BYTES, maximum=9, private=True)),
        ("json private", Field("word", Scalar.JSON, private=True)),
        ("json", Field("word", Scalar.JSON)),
        ("json?", Field("word", Scalar.JSON, optional=True)),
    ],
)
def test_bytes_have_a_length_and_json_any_shape(words: str, field: Field) -> None:
    assert field_of(words) == field
    text = with_field(f"word: {words}")
    assert good(canonical(good(text))) == good(text)


@pytest.mark.parametrize("example", ['{"a": [1, true, null]}', "5", '"words"', "[]", "false"])
def test_an_example_of_json_is_json(example: str) -> None:
    assert book(with_field(f"word: {{is: json, example: '{example}'}}")).field("word").example


def test_an_example_of_bytes_is_base64() -> None:
    assert book(with_field("word: {is: bytes, example: aGVsbG8=}")).field("word").example


@pytest.mark.parametrize(
    ("words", "column", "message"),
    [
        ("bytes filter", 19, '"filter" is not a word for a bytes.'),
        ("bytes unique", 19, '"unique" is not a word for a bytes.'),
        ("bytes =aGVsbG8=", 19, 'Write "?" for a field that may be left out'),
        ("bytes ..1048577", 19, "A bytes holds at most 1048576"),
        ("bytes 1.5..", 19, "A length is a whole number"),
        ("bytes ..0", 19, '"..0" is no length'),
        ("json filter", 18, "give it a field of its own"),
        ("json sort", 18, '"sort" is not a word for a json.'),
        ("json 1..5", 18, '"1..5" is not a word for a json.'),
        ("json ={}", 18, 'Write "?" for a field that may be left out'),
        ("jsonb", 13, 'Did you mean "json"?'),
        ("blob", 13, 'Did you mean "bytes"?'),
        ("{is: bytes, example: a}", 34, 'the example "a" is no base64'),
        ("{is: bytes ..4, example: aGVsbG8=}", 38, "is out of the field's length"),
        ("{is: json, example: '{'}", 33, 'the example "{" is no JSON'),
        ("{is: json, example: 'null'}", 33, "is no JSON that a field holds"),
        ("{is: json, example: 'NaN'}", 33, "is no JSON"),
        ("{is: json, example: '9007199254740992'}", 33, "numbers up to 2**53 - 1"),
        ("{is: json, example: '1e999'}", 33, "is no JSON"),
    ],
)
def test_a_word_that_is_wrong_is_found_in_its_place(words: str, column: int, message: str) -> None:
    found = [line for line in told(with_field(f"word: {words}")) if message in line]

    assert found
    assert found[0].startswith(f"shop.yml:9:{column}: ")


@pytest.mark.parametrize("key", ["unique: [[title, word]]", "index: [[title, word]]"])
@pytest.mark.parametrize("kind", ["json", "bytes"])
def test_no_index_holds_them(kind: str, key: str) -> None:
    assert f'no index holds the {kind} "word"' in messages(
        with_field(f"word: {kind}") + f"    {key}\n"
    )


def test_a_request_holds_all_bytes_of_a_row() -> None:
    fits = with_field("one: bytes ..750000", "two: bytes ..750000")

    assert book(fits)
    assert "the bytes of Book are 1500001 together" in messages(fits.replace("750000", "750001", 1))
