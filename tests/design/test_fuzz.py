"""Whatever the bytes are, the reader answers; what it takes can be written and read again."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from backsmith.design import canonical, read
from backsmith.design.model import Scalar, Who
from backsmith.design.words import (
    ACCESS_KEYS,
    FIELD_KEYS,
    FLAGS,
    LATER_PREFIXES,
    LATER_RESOURCE_KEYS,
    LIST_KEYS,
    ON_DELETE,
    RESOURCE_KEYS,
    TOP_KEYS,
    Said,
)

from .designs import BOOKSHOP

EVERYTHING = Path(__file__).parents[1] / "language" / "everything.yml"
RICH = EVERYTHING.read_text(encoding="utf-8")

calm = settings(max_examples=150, derandomize=True, deadline=None, database=None)
calmer = settings(calm, max_examples=25)

TYPES = [*Scalar, "enum", "User", "Author", "Mood", "Nobody", "string[]", "Tag[]"]
SAID = [*Said, *FLAGS, *ON_DELETE, *(f"{each}a" for each in LATER_PREFIXES)]
VALUES = '..5 0.. 9..1 ="a = =me =now =true /a/ /(/ a,b [] ?'
TRAPS = "[] {} , : # / // =\" - ? | > & * ! % @ ` ' \\ \x00 \u202e ä 📚 << ~ null"
WORDS = st.sampled_from([*TYPES, *SAID, *VALUES.split(), *TRAPS.split(" ")])
FIELD = st.lists(WORDS, max_size=6).map(" ".join)

KEYS = sorted(
    {*TOP_KEYS, *RESOURCE_KEYS, *LATER_RESOURCE_KEYS, *ACCESS_KEYS, *LIST_KEYS, *FIELD_KEYS}
)
LEAVES = st.one_of(
    st.sampled_from([*Who, "admin", "title", "-title", "Author", "owner if title=a", "1", "", "~"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=5),
    WORDS,
)
SHAPES = st.recursive(
    LEAVES.map(lambda text: "'" + text.replace("'", "''") + "'") | LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(st.sampled_from(KEYS), inner), max_size=4).map(
            lambda pairs: f"{{{', '.join(f'{key}: {value}' for key, value in pairs)}}}"
        ),
    ),
    max_leaves=8,
)
"""Values of any shape: words, lists and blocks of each other."""


def answer(content: str | bytes) -> None:
    """Read this, and see that the answer is a design that can be read again, or findings."""
    result = read(content)

    assert (result.design is None) == bool(result.findings)
    text = content if isinstance(content, str) else content.decode(errors="replace")
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    longest = max(map(len, text.split("\n")))
    for finding in result.findings:
        assert finding.message
        assert 1 <= finding.line <= len(lines), finding
        assert 1 <= finding.column <= longest + 1, finding
    if result.design:
        assert read(canonical(result.design)).design == result.design


@calm
@given(st.binary(max_size=300))
def test_bytes_are_answered(content: bytes) -> None:
    assert read(content).findings
    answer(content)


@calm
@given(st.text(max_size=300))
def test_text_is_answered(content: str) -> None:
    assert read(content).findings
    answer(content)


@calm
@given(FIELD, FIELD)
def test_any_field_is_answered(words: str, others: str) -> None:
    answer(
        "backsmith: 1\nname: a\nenums: {Mood: [a, b]}\nresources:\n  Author:\n    fields:\n"
        f"      word: {words}\n      title: {others}\n"
    )


@calm
@given(st.sampled_from(KEYS), SHAPES)
def test_any_shape_of_the_file_is_answered(key: str, shape: str) -> None:
    answer(f"backsmith: 1\nname: a\n{key}: {shape}\n")


@calm
@given(st.sampled_from(KEYS), SHAPES, st.sampled_from(KEYS), SHAPES)
def test_any_shape_of_a_resource_is_answered(key: str, shape: str, other: str, next_: str) -> None:
    answer(
        "backsmith: 1\nname: a\nroles: [editor]\nresources:\n  Author:\n"
        f"    fields: {{title: string, owner_of_it: User}}\n    {key}: {shape}\n"
        f"    {other}: {next_}\n"
    )


@calm
@given(SHAPES)
def test_any_shape_of_a_field_is_answered(shape: str) -> None:
    answer(f"backsmith: 1\nname: a\nresources:\n  Author:\n    fields:\n      title: {shape}\n")


@calm
@given(st.integers(0, len(BOOKSHOP)), st.integers(0, 20), st.text(max_size=12))
def test_a_design_with_a_hole_is_answered(start: int, length: int, patch: str) -> None:
    answer(BOOKSHOP[:start] + patch + BOOKSHOP[start + length :])


@calmer
@given(st.integers(0, len(RICH)), st.integers(0, 40), st.text(max_size=12))
def test_a_rich_design_with_a_hole_is_answered(start: int, length: int, patch: str) -> None:
    answer(RICH[:start] + patch + RICH[start + length :])


@calm
@given(st.integers(0, len(BOOKSHOP)), st.binary(min_size=1, max_size=4))
def test_a_design_with_broken_bytes_is_answered(start: int, patch: bytes) -> None:
    content = BOOKSHOP.encode()
    answer(content[:start] + patch + content[start + len(patch) :])


@calmer
@given(st.data())
def test_lines_in_another_order_are_answered(data: st.DataObject) -> None:
    lines = RICH.split("\n")
    start = data.draw(st.integers(0, len(lines) - 8))
    mixed = data.draw(st.permutations(lines[start : start + 8]))
    answer("\n".join([*lines[:start], *mixed, *lines[start + 8 :]]))


@calm
@given(st.data())
def test_words_in_another_order_are_answered(data: st.DataObject) -> None:
    lines = BOOKSHOP.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(st.permutations(lines[at].split(" ")).map(" ".join))
    answer("\n".join(lines))


@calmer
@given(
    st.sampled_from(["[", "{a: ", "- ", "? ", "a:\n", "!x ", "&a [", '"', "(", "|\n", "{", "*"]),
    st.integers(1, 20_000),
    st.sampled_from(["", "resources: ", "resources:\n  Book:\n    fields:\n      title: "]),
)
def test_depth_is_answered(bracket: str, depth: int, before: str) -> None:
    answer(f"backsmith: 1\nname: a\n{before}{bracket * depth}")


@calmer
@given(st.integers(1, 2_000), st.sampled_from(["  ", " ", "\t"]))
def test_indentation_is_answered(depth: int, space: str) -> None:
    answer("backsmith: 1\nname: a\n" + "".join(f"{space * level}a:\n" for level in range(depth)))
