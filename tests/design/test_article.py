import pytest

from backsmith.design.article import a

SPOKEN = """
a book, an author, an hour, a user, a unit, an upload, an umbrella, a one off, an order,
an urn, an event, a euro, an Article, a utility, an item, a house, an unpaid bill, a uuid, a url
"""


@pytest.mark.parametrize("spoken", [each.strip() for each in SPOKEN.split(",")])
def test_an_article_follows_the_sound(spoken: str) -> None:
    assert a(spoken.partition(" ")[2]) == spoken
