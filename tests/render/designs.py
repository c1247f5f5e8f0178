"""Designs for the tests of writers."""

from pathlib import Path

from backsmith.design import Design, read
from backsmith.design.model import Field

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"


def good(text: str) -> Design:
    """The design, of which nothing is wrong."""
    result = read(text)
    assert [str(finding) for finding in result.findings] == []
    assert result.design
    return result.design


def wide_design() -> Design:
    return good((HERE / "wide.yml").read_text(encoding="utf-8"))


def bookshop_design() -> Design:
    return good((EXAMPLES / "bookshop.yml").read_text(encoding="utf-8"))


def field_of(words: str) -> Field:
    """The field that these words make."""
    text = f"backsmith: 1\nname: shop\nresources:\n  Book:\n    fields:\n      word: {words}\n"
    return good(text).resource("Book").field("word")
