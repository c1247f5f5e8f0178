"""A field says the same with spaces in a file and with colons in a shell."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backsmith.design import read
from backsmith.design.model import Enum, Field, Reference, Scalar
from backsmith.design.shell import field_line, resource_lines
from backsmith.design.words import ALLOWED, FLAGS, ON_DELETE, TEXTUAL, Kind, Said

from .designs import good, with_field

calm = settings(max_examples=120, derandomize=True, deadline=None, database=None)

SAMPLES = {
    Said.OPTIONAL: ["optional"],
    Said.RANGE: ["..90", "1..9", "..9", "1.."],
    Said.PRECISION: ["10,2", "3,0"],
    Said.VALUES: ["draft,review", "on"],
    Said.PATTERN: ["/^[a-c]+$/", "/^a: b$/", r"/^a\/:b$/", "/^::$/"],
    Said.DEFAULT: [
        *("=1", "=a", "=true", "=draft", '="a: b"', "='a b'", r'="a \" :b"', "=0.00", "=abc-d"),
        *("=09:30", "=09:30:12.5", "=2026-01-31", "=2026-01-31T09:30:00+02:00"),
        *("=2026-01-31T09:30:00Z", "=https://example.com/a", "=http://localhost:8000/x"),
        *("=http://localhost:8000", "=a@example.com", "=019a0000-0000-7000-8000-000000000000"),
    ],
    Said.ME: ["=me"],
    Said.ON_DELETE: [*ON_DELETE],
    Said.AS: ["as=words", "as=a_b"],
    **{flag: [flag.value] for flag in FLAGS.values()},
}
"""How each word looks, in forms that are hard to tell apart."""

KINDS: dict[Kind, str] = {scalar: scalar.value for scalar in Scalar}
KINDS |= {Enum: "enum", Reference: "User"}
TRAPS = ["=", "-", "?", ".", "..", ",", "'", "=a'b", "nosuch", "[]"]
WORDS = [*(word for words in SAMPLES.values() for word in words), *TRAPS]
TYPES = [*KINDS.values(), "string?", "User", "Author?", "Nobody"]


def in_file(words: list[str]) -> str:
    return with_field(f"word: {json.dumps(' '.join(words), ensure_ascii=False)}")


def in_shell(words: list[str]) -> str:
    return with_field(field_line(":".join(["word", *words])))


def same_field(words: list[str]) -> Field | None:
    """What the words say in a file, which has to be what they say in a shell."""
    one, other = read(in_file(words)), read(in_shell(words))
    assert one.design == other.design
    if one.design is None:
        return None
    return one.design.resource("Book").field("word")


@pytest.mark.parametrize("kind", KINDS, ids=KINDS.values())
def test_each_word_of_a_type_says_the_same_in_both_forms(kind: Kind) -> None:
    for said in ALLOWED[kind] & SAMPLES.keys():
        needed = [Said.VALUES] if kind is Enum else [Said.RANGE] if kind in TEXTUAL else []
        others = [SAMPLES[each][0] for each in needed if each is not said]
        optional = ["optional"] if said in (Said.ON_DELETE, Said.READONLY) else []
        taken = [same_field([KINDS[kind], *others, word, *optional]) for word in SAMPLES[said]]
        assert any(taken), (kind, said)


@calm
@given(st.sampled_from(TYPES), st.lists(st.sampled_from(WORDS), max_size=5))
def test_any_field_says_the_same_in_both_forms(kind: str, words: list[str]) -> None:
    escaped = [word for word in words if "/:" not in word.replace("\\/:", "") or word[0] == "="]

    same_field([kind, *escaped])


@calm
@given(st.text(max_size=60))
def test_whatever_is_typed_makes_one_line_that_is_answered(typed: str) -> None:
    line = field_line(typed)

    assert "\n" not in line
    result = read(with_field(line))
    assert (result.design is None) == bool(result.findings)


def test_the_forms_without_punctuation_are_written_as_punctuation() -> None:
    assert field_line("born:date:sort:optional") == "born: date? sort"


def test_words_are_put_into_the_order_in_which_they_read_best() -> None:
    line = "price: decimal 10,2 0.. =0.00 filter sort"

    assert field_line("price:decimal:sort:filter:=0.00:0..:10,2") == line


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("title:string:3..200:search:sort", "title: string 3..200 search sort"),
        ("status:enum:draft,review:=draft:filter", "status: enum draft,review =draft filter"),
        (r"sku:string:/^[A-Z]{3}: \d$/", r"sku: 'string /^[A-Z]{3}: \d$/'"),
        ('note:string:="a: b"', """note: 'string ="a: b"'"""),
        ("on:bool", "on: bool"),
        ("title", "title:"),
        ("title:", "title:"),
        ("title::string::sort", "title: string sort"),
    ],
)
def test_a_field_is_the_line_that_a_person_would_write(typed: str, line: str) -> None:
    assert field_line(typed) == line


def test_a_resource_is_written_in_the_order_of_the_language() -> None:
    keys = {"write": "owner,editor", "read": "public", "owner": "author", "doc": "A: post."}
    lines = resource_lines("Post", ["author:User:cascade"], keys | {"only": "list"})

    assert ["  " * line.depth + line.text for line in lines] == [
        "Post:",
        '  doc: "A: post."',
        "  fields:",
        "    author: User cascade",
        "  owner: author",
        "  only: [list]",
        "  access: {read: public, write: [owner, editor]}",
    ]


def test_good_words_make_a_good_design() -> None:
    assert good(in_shell(["decimal", "10,2", "0..", "=0.00"]))
