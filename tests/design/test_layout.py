"""One form for each design, which says the same and keeps every comment."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backsmith.design import read
from backsmith.design.layout import formatted

from .designs import BOOKSHOP, TOP, good
from .test_canonical import EVERYTHING

TESTS = Path(__file__).parents[1]
EXAMPLES = sorted((TESTS.parent / "examples").glob("*.yml"))
WIDE = (TESTS / "render" / "wide.yml").read_text()
DESIGNS = [BOOKSHOP, EVERYTHING, WIDE, (TESTS / "language" / "everything.yml").read_text()]
NAMES = ["bookshop", "canonical", "wide", "everything"]
COMMENT = re.compile(r"#note\d+ [^\n]*")

UNTIDY = """\
# A shop.

# yaml-language-server: $schema=x


doc: >
   Books and  people.


   And more.
resources:   # What it is about



    Book:   # the first

        access: {write: [admin],   # nobody else
                 read: 'public'
                }
        # how many
        list: {max:  50, sort: title}
        fields:

            title: "string sort 1..200   unique"
            # what it costs
            price: decimal   optional   0..   10,2   # in euros
            note: {doc: "What: a note.", is: string}
            sku: 'string /^[A-Z]{3}: \\d$/'
            long:
              is: string
              doc: Some things take many words to say, and more words than fit on a line,
                wherever it ends, so they stand below.
            # more fields follow

        # no owner yet
roles: ["editor", # writes
   'on']
name: 'shop'

backsmith: 1
# The end.
"""
TIDY = """\
# A shop.

# yaml-language-server: $schema=x

backsmith: 1
name: shop
doc: |
  Books and people.

  And more.
roles: [editor, on]  # writes
resources:  # What it is about
  Book:  # the first
    fields:
      title: string 1..200 unique sort
      # what it costs
      price: decimal? 10,2 0..  # in euros
      note:
        is: string
        doc: "What: a note."
      sku: 'string /^[A-Z]{3}: \\d$/'
      long:
        is: string
        doc: >-
          Some things take many words to say, and more words than fit on a line, wherever it ends,
          so they stand below.
      # more fields follow

    # no owner yet

    access: {read: public, write: admin}  # nobody else
    # how many
    list: {sort: title, max: 50}
# The end.
"""


def same(text: str) -> str:
    """The form of a design, which says what it has said and stays as it is."""
    again = formatted(text)
    assert good(again) == good(text)
    assert formatted(again) == again
    return again


@pytest.mark.parametrize("text", DESIGNS, ids=NAMES)
def test_a_design_says_the_same_in_the_one_form(text: str) -> None:
    same(text)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_examples_have_the_one_form(file: Path) -> None:
    assert formatted(file.read_text()) == file.read_text(), f"backsmith fmt {file}"


def test_an_untidy_design_becomes_a_tidy_one() -> None:
    assert same(UNTIDY) == TIDY


@settings(max_examples=40, derandomize=True, deadline=None, database=None)
@given(st.sampled_from([BOOKSHOP, EVERYTHING, UNTIDY]), st.data())
def test_no_comment_is_lost_wherever_it_stands(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    for number in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        indent = " " * data.draw(st.integers(0, 12))
        note = f"#note{number} it's: {{said}}"
        beside = f"{lines[at]}  {note}" if lines[at].strip() else note
        lines[at : at + 1] = data.draw(
            st.sampled_from(
                [[beside], [indent + note, lines[at]], ["", lines[at]], [lines[at], "", note]]
            )
        )
    noted = "\n".join(lines)
    if read(noted).design != read(text).design:
        return

    again = same(noted)

    assert sorted(COMMENT.findall(again)) == sorted(COMMENT.findall(noted))


@pytest.mark.parametrize("text", DESIGNS, ids=NAMES)
def test_the_order_of_words_makes_no_difference(text: str) -> None:
    tidy = formatted(text)
    shuffled = re.sub(
        r"^(      \w+: [a-z]+\??) ([a-z0-9. ]+)$",
        lambda match: f"{match[1]} {' '.join(reversed(match[2].split()))}",
        tidy,
        flags=re.MULTILINE,
    )

    assert shuffled != tidy
    assert formatted(shuffled) == tidy


def test_what_is_true_or_false_stands_without_quotes() -> None:
    text = TOP + 'resources:\n  Book:\n    fields:\n      a: int\n    soft_delete: "true"\n'

    assert formatted(text).endswith("\n    soft_delete: true\n")
