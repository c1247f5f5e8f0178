"""What a file may be made of: YAML's traps, and hostile ones."""

import pytest

from backsmith.design.findings import Findings
from backsmith.design.source import Block, Text, load

from .designs import TOP, good, messages, told, with_field, with_resources

OWN_LINE = "Put it on a line of its own, or quote it."


@pytest.mark.parametrize(
    ("fields", "place", "message"),
    [
        ("{price: decimal 10,2 0.., a: int}", "5:37", 'the comma before "2 0.." ends the value'),
        ("{status: string, 2, a: int}", "5:35", 'the comma before "2" ends the value'),
        ("{tags: Tag[]}", "5:25", "what stands between {...} or [...] can't be read"),
        ("{sku: string /^[a-z]{2,3}$/}", "5:31", "what stands between {...} or [...]"),
        ("{note: string =a: b}", "5:32", "what stands between {...} or [...]"),
    ],
)
def test_what_braces_do_to_a_value_is_told(fields: str, place: str, message: str) -> None:
    lines = told(with_resources(f"Book: {{fields: {fields}}}"))

    found = [line for line in lines if message in line]
    assert found[0].startswith(f"shop.yml:{place}: ")
    assert OWN_LINE in found[0]


def test_a_question_mark_in_braces_is_fine() -> None:
    good(with_resources("Book: {fields: {born: date?, died: date?}}"))


def test_a_value_that_braces_cut_is_read_as_it_was_meant() -> None:
    lines = told(with_resources("Book: {fields: {price: decimal 10,2 0.. srot, a: int}}"))

    assert len(lines) == 2
    assert '5:43: "srot" is not a word for a decimal. Did you mean "sort"?' in lines[1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("string /^a #b$/ unique", 'the pattern "/^a" is never closed'),
        ('string ="a #b"', 'the default "="a" is never closed'),
    ],
)
def test_a_comment_that_was_none_is_told(words: str, message: str) -> None:
    line = told(with_field(f"word: {words}"))[0]

    assert message in line
    assert f"A ` #` begins a comment. {OWN_LINE}" in line


def test_a_colon_that_ends_a_value_is_told() -> None:
    line = told(with_field("word: string /^a: b$/"))[0]

    assert line == f"shop.yml:9:20: a `: ` inside of a value ends it.\n    {OWN_LINE}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("backsmith: 1\n\tname: shop\n", "2:1: a tab stands where YAML wants spaces"),
        ("name: shop\n name: shop\n", "2:2: this line doesn't fit the ones above it"),
        ("name: 'shop\n", "1:7: a quote is opened and never closed"),
        ('name: "shop\n', "1:7: a quote is opened and never closed"),
        ("name: @shop\n", "1:7: a value can't begin with this character"),
        ("name: shop\nshop\n", "2:1: a key without its `:`"),
        ("name: shop\n- a\n", "this line doesn't fit the ones above it"),
        ("name: [shop\n", "1:7: what stands between {...} or [...] can't be read"),
        ("name: shop\nname: book\n", '2:1: "name" is written twice'),
        ("name: &a shop\n", "anchors (`&name`) are not read"),
        ("name: *a\n", "aliases (`*name`) are not read"),
        ("name: !!python/object/apply:os.system [ls]\n", "tags (`!name`) are not read"),
        ("name: !shop shop\n", "tags (`!name`) are not read"),
        ("<<: {name: shop}\n", "merge keys (`<<`) are not read"),
        ("name: shop\n---\nname: shop\n", "2:1: a second document begins here"),
        ("%YAML 1.1\n---\nname: shop\n", "1:1: YAML directives are not read"),
        ("? [a, b]\n: shop\n", "a key is one word"),
        ('name: "\\UFFFFFFFF"\n', "what follows here can't be read as YAML"),
    ],
)
def test_of_yaml_a_design_takes_the_plain_part(text: str, message: str) -> None:
    assert message in messages(text)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "a NUL character (U+0000)"),
        ("\x1b", "a control character (U+001B)"),
        ("\x85", "a control character (U+0085)"),
        ("\u2028", "a line separator (U+2028)"),
        ("\u202e", "an invisible character (U+202E)"),
        ("\u2066", "an invisible character (U+2066)"),
        ("\u200b", "an invisible character (U+200B)"),
        ("\U000e0041", "an invisible character (U+E0041)"),
        ("\ufdd0", "a noncharacter (U+FDD0)"),
    ],
)
def test_nothing_invisible_stands_in_a_design(character: str, name: str) -> None:
    escaped = f"\\U{ord(character):08x}"

    assert f"shop.yml:4:6: {name} stands here" in messages(f"{TOP}doc: {character}x\n")
    assert f"shop.yml:4:8: {name} is hidden in this text" in messages(f'{TOP}doc: "a{escaped}"\n')


def test_half_of_a_surrogate_pair_is_refused() -> None:
    assert "half of a surrogate pair (U+D800)" in messages(f'{TOP}doc: "\\ud800"\n')


def test_people_may_write_in_any_language() -> None:
    assert good(f"{TOP}doc: Bücher, 本, كتب und 📚\n").doc == "Bücher, 本, كتب und 📚"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (bytes(range(256)), "the byte 0x80 is no UTF-8"),
        ("name: shop".encode("utf-16"), "the byte 0xff is no UTF-8"),
        (b"name: b\xfccher", "1:8: the byte 0xfc is no UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "the byte 0x89 is no UTF-8"),
        (b"a" * (256 * 1024 + 1), "the file is larger than 256 KiB"),
        ("[" * 100_000, "nested more than 8 deep"),
        ("{a: " * 50_000, "nested more than 8 deep"),
        ("- " * 100_000, "nested more than 8 deep"),
        ("\n".join(" " * depth + "a:" for depth in range(400)), "nested more than 8 deep"),
        ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "aliases (`*name`) are not read"),
    ],
)
def test_a_hostile_file_is_refused_with_a_reason(content: str | bytes, message: str) -> None:
    assert message in messages(content)


@pytest.mark.parametrize(
    "doc",
    [
        '"""',
        "'''",
        "\\",
        "{{ x }}",
        "{% x %}",
        "${x}",
        "%s %(x)s",
        "*/ -- ; drop table",
        "<script>",
    ],
)
def test_what_would_end_a_text_elsewhere_is_a_text_here(doc: str) -> None:
    quoted = doc.replace("'", "''")

    assert good(f"{TOP}doc: '{quoted}'\n").doc == doc


@pytest.mark.parametrize(
    "line",
    [
        "a: one wrod",
        'a: "one wrod"',
        "a: 'it''s a wrod'",
        r'a: "\x41\t\u00e4 wrod"',
        'a: "one \\\n   two\\n wrod"',
        "a: one\n  two\n  wrod",
        "a: >\n  one\n\n  wrod",
        "a: |-\n  one\n  wrod",
    ],
)
def test_a_place_is_found_through_quotes_escapes_and_folds(line: str) -> None:
    root = load(line, Findings("shop.yml"))
    assert isinstance(root, Block)
    text = root.entries[0].value
    assert isinstance(text, Text)

    place = text.at(text.value.index("wrod"))

    assert line.split("\n")[place.line - 1][place.column - 1 :].startswith("wrod")
