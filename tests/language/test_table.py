"""The table says something of every word, and the page for people says the same."""

import os
from pathlib import Path

import pytest

from backsmith.design.model import Scalar, Who
from backsmith.design.resource import USER
from backsmith.design.words import (
    ACCESS_KEYS,
    FIELD_KEYS,
    LIST_KEYS,
    ON_DELETE,
    RESOURCE_KEYS,
    TOP_KEYS,
    Said,
)

from .page import page
from .rows import CELLS, SECTIONS, Step, read_rows, row_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "language.md"
WORDS: dict[str, set[str]] = {
    "types": {*Scalar, "enum"},
    "words": {*Said, *ON_DELETE, "many"} - {Said.ON_DELETE},
    "fields": {*FIELD_KEYS},
    "resources": {*RESOURCE_KEYS},
    "rights": {*ACCESS_KEYS},
    "callers": {*Who, "if"},
    "lists": {*LIST_KEYS},
    "top": {*TOP_KEYS, USER},
}
"""What the reader knows, by the sections of the table."""


@pytest.mark.parametrize("section", SECTIONS)
def test_no_word_is_without_a_row_and_no_row_without_a_cell(section: str) -> None:
    rows = read_rows(section)

    assert {str(word) for word in WORDS[section]} - set(rows) == set(), f"words/{section}.yml"
    assert all(row.word and row.says.endswith(".") for row in rows.values())


@pytest.mark.parametrize("section", SECTIONS)
def test_each_row_tries_its_own_word(section: str) -> None:
    for row in read_rows(section).values():
        assert SPELT.get(row.word, row.word) in row.design, row.word


SPELT = {
    "optional": "?",
    "1..9": "..",
    "10,2": ",",
    "/^...$/": "/^",
    "=value": "=",
    "draft,review": ",",
    "Author": "Writer",
    "access": "fields",
    "list": "fields",
}
"""How the rows write what words stand for; `access` and `list` show what holds without them."""


def test_an_empty_cell_is_an_error_that_names_it() -> None:
    cells = dict.fromkeys([*CELLS, "says", "design"], "nothing, because it is made up")

    with pytest.raises(AssertionError, match="embed says nothing of refused"):
        row_of("embed", cells | {"refused": ""})


def test_a_step_is_read_whole() -> None:
    step = Step.of("bob: POST /books {title: Emma} → 409 BOOK_TITLE_TAKEN")

    assert (step.who, step.status, step.word) == ("bob", 409, "BOOK_TITLE_TAKEN")
    assert step.body == "{title: Emma}"


def test_the_page_says_what_the_table_says() -> None:
    if "GOLDEN" in os.environ:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == page(), "make golden"
