"""What the server says of its own words, beside what the design says of them."""

import pytest

from backsmith.design import read
from backsmith.design.reserved import FIELD_NAMES, SQL_WORDS

from .databases import Database

KEYWORDS = "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')"
SYSTEM_COLUMNS = "SELECT DISTINCT attname::text FROM pg_attribute WHERE attnum < 0"


@pytest.fixture(scope="module")
def taken(server: Database) -> list[str]:
    """The words that can be no column, and no table, unless they are quoted."""
    return sorted({word for (word,) in server.run(KEYWORDS) + server.run(SYSTEM_COLUMNS)})


def test_every_word_that_the_server_keeps_is_known(taken: list[str]) -> None:
    assert len(taken) > 90
    assert set(taken) - SQL_WORDS == set()
    assert set(taken) - set(FIELD_NAMES) == set()


def test_none_of_them_names_a_table(taken: list[str]) -> None:
    design = "backsmith: 1\nname: shop\nresources:\n  Book: {{path: {}, fields: {{title: string}}}}"

    paths = [word.replace("_", "-") for word in taken]

    assert [path for path in paths if read(design.format(path)).design] == []
