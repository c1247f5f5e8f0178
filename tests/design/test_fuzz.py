"""Whatever the bytes are, the reader answers; what it takes can be written and read again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from backsmith.design import canonical, read

from .designs import BOOKSHOP

calm = settings(max_examples=150, derandomize=True, deadline=None, database=None)

TYPES = "string text int decimal float bool date User Author Author? enum string? Tag[]"
SAID = '1..9 ..5 0.. 10,2 /^a+$/ =1 =a ="a b" unique index filter sort search embed cascade cache'
TRAPS = "[] {} , : # / // =\" - ? | > & * ! % @ ` ' \\ \x00 \u202e ä 📚"
WORDS = st.sampled_from(f"{TYPES} {SAID} {TRAPS}".split(" "))
FIELD = st.lists(WORDS, max_size=6).map(" ".join)


@calm
@given(st.binary(max_size=300))
def test_bytes_are_answered(content: bytes) -> None:
    assert read(content).findings


@calm
@given(st.text(max_size=300))
def test_text_is_answered(content: str) -> None:
    assert read(content).findings


@calm
@given(FIELD)
def test_any_field_is_answered(words: str) -> None:
    text = f"backsmith: 1\nname: a\nresources:\n  Author:\n    fields:\n      word: {words}\n"
    result = read(text)

    assert (result.design is None) == bool(result.findings)
    if result.design:
        assert read(canonical(result.design)).design == result.design


@calm
@given(st.integers(0, len(BOOKSHOP)), st.integers(0, 20), st.text(max_size=12))
def test_a_design_with_a_hole_is_answered(start: int, length: int, patch: str) -> None:
    result = read(BOOKSHOP[:start] + patch + BOOKSHOP[start + length :])

    assert (result.design is None) == bool(result.findings)
    if result.design:
        assert read(canonical(result.design)).design == result.design


@calm
@given(st.data())
def test_places_lie_inside_of_the_file(data: st.DataObject) -> None:
    lines = BOOKSHOP.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(st.permutations(lines[at].split(" ")).map(" ".join))
    text = "\n".join(lines)

    for finding in read(text).findings:
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
