"""The rows that a developer's database begins with."""

import re

from backsmith.design import Design
from backsmith.render.demo_rows import demo_rows
from backsmith.render.tidy import tidy

from .designs import bookshop_design, good


def rows_of(design: Design) -> str:
    return tidy({"rows.py": demo_rows(design)})["rows.py"]


def test_without_resources_there_is_nothing_to_add() -> None:
    text = rows_of(good("backsmith: 1\nname: empty\n"))

    assert "Add nothing" in text
    assert "insert" not in text


def test_every_row_has_an_id_of_its_own() -> None:
    ids = re.findall(r'"id": UUID\("(.+)"\)', rows_of(bookshop_design()))

    assert len(ids) == len(set(ids)) == 9


def test_rows_come_after_those_that_they_refer_to() -> None:
    text = rows_of(bookshop_design())

    assert "(Author, AUTHORS), (Book, BOOKS), (Review, REVIEWS)" in text
    assert '"author_id": AUTHORS[0]["id"]' in text


def test_somebody_has_one_row_where_one_is_all_that_they_can_have() -> None:
    design = good(
        "backsmith: 1\nname: shop\nresources:\n"
        "  Profile: {fields: {owner: User cascade unique, nick: string}, owner: owner}\n"
    )
    text = rows_of(design)

    assert text.count("ALICE.id") == text.count("BOB.id") == 1
