"""Designs for tests: whole ones, and those that a single line is tried in."""

from backsmith.design import Design, read
from backsmith.design.model import Field, Resource, Rule, Rules

BOOKSHOP = """\
backsmith: 1
name: bookshop
doc: Books, the people who write them, and what readers think of them.
roles: [editor]
resources:
  Author:
    fields:
      name: string 1..120 search sort
      born: date?
    access: {read: public, write: editor}
  Book:
    fields:
      title: string 1..200 search sort
      isbn: string /^97[89][0-9]{10}$/ unique
      price: decimal 10,2 0.. filter sort
      author: Author restrict embed
    access: {read: public, write: editor}
  Review:
    fields:
      book: Book cascade
      author: User cascade
      stars: int 1..5 filter
      text: text? ..4000
    owner: author
    unique: [[book, author]]
    access: {read: public, write: owner}
"""

TOP = "backsmith: 1\nname: shop\nroles: [editor]\n"


def with_field(*lines: str) -> str:
    """A design of a Book that has a title, and these lines among its fields, from line 9 on."""
    fields = "".join(f"      {line}\n" for line in lines)
    return (
        f"{TOP}resources:\n  Author: {{fields: {{name: string 1..90}}}}\n"
        f"  Book:\n    fields:\n      title: string 1..200 sort\n{fields}"
    )


def with_book(*keys: str) -> str:
    """A design of a Book with an author who is a person, and these keys."""
    lines = "".join(f"    {key}\n" for key in keys)
    return (
        f"{TOP}resources:\n  Book:\n    fields: {{title: string 1..9 sort, author: User}}\n{lines}"
    )


def with_resources(*lines: str) -> str:
    """A design of resources, each on one line."""
    return f"{TOP}resources:\n" + "".join(f"  {line}\n" for line in lines)


def good(text: str) -> Design:
    """The design, of which nothing is wrong."""
    result = read(text)
    assert [str(finding) for finding in result.findings] == []
    assert result.design
    return result.design


def field_of(words: str) -> Field:
    """The field that these words make."""
    return book(with_field(f"word: {words}")).field("word")


def book(text: str) -> Resource:
    return good(text).resource("Book")


def told(text: str | bytes) -> list[str]:
    """Everything that is found in a design that isn't taken, as a person reads it."""
    result = read(text, "shop.yml")
    assert result.findings
    assert result.design is None
    return [str(finding) for finding in result.findings]


def messages(text: str | bytes) -> str:
    return "\n".join(told(text))


def any_of(*callers: str) -> Rules:
    """Rules without conditions."""
    return tuple(Rule(who) for who in callers)
