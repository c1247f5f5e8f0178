import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backsmith.design import Design, read
from backsmith.render.graph import Line, place
from backsmith.render.picture import picture

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
TOP = "backsmith: 1\nname: shop\n"


def design_in(text: str) -> Design:
    design = read(text).design
    assert design
    return design


BOOKSHOP = design_in((ROOT / "examples" / "bookshop.yml").read_text())
WIDE = design_in((ROOT / "tests" / "render" / "wide.yml").read_text())


def texts(svg: str, name: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter(f"{SVG}{name}")]


@pytest.mark.parametrize("design", [BOOKSHOP, WIDE], ids=["bookshop", "wide"])
def test_every_resource_and_field_is_there_and_nothing_from_elsewhere(design: Design) -> None:
    svg = picture(design)
    words = set(texts(svg, "text"))

    for resource in design.resources:
        assert {resource.name, *(field.name for field in resource.fields)} <= words
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg\")|url\(|<script|<image|@import", svg)
    assert picture(design) == svg


def test_people_have_the_fields_that_the_design_gives_them() -> None:
    words = "Book: {fields: {title: string, reader: User}}"
    user = "User: {fields: {nickname: string? ..40}}"

    shown = texts(picture(design_in(f"{TOP}resources:\n  {user}\n  {words}\n")), "text")
    alone = texts(picture(design_in(f"{TOP}resources:\n  {user}\n")), "text")

    assert shown.count("/users") == 1
    assert {"Book", "User", "nickname"} <= set(shown)
    assert {"User", "nickname"} <= set(alone)


def test_the_picture_of_the_readme_is_that_of_its_design() -> None:
    assert (ROOT / "docs" / "images" / "bookshop.svg").read_text() == picture(BOOKSHOP)


def test_who_cannot_see_the_picture_is_told_what_it_shows() -> None:
    root = ET.fromstring(picture(BOOKSHOP))
    described = root.findtext(f"{SVG}desc") or ""

    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "bookshop"
    assert "Review.book to Book: many to one, cascade on delete" in described
    assert "Book.author to Author: many to one, restrict on delete" in described


def test_day_and_night_have_their_colours() -> None:
    assert "prefers-color-scheme:dark" in picture(BOOKSHOP)


def test_lines_say_what_a_delete_does() -> None:
    svg = picture(BOOKSHOP)

    assert svg.count('<g class="line cascade"><title>') == 2
    assert svg.count('<g class="line restrict"><title>') == 1
    assert "Book cascade" in texts(svg, "text")


def test_people_are_a_box_until_everything_points_to_them() -> None:
    assert "/users" in texts(picture(BOOKSHOP), "text")
    assert "/users" not in texts(picture(WIDE), "text")


def test_a_design_without_resources_is_a_picture_too() -> None:
    assert texts(picture(design_in(TOP)), "title") == ["shop"]


def test_markup_in_a_doc_is_text() -> None:
    svg = picture(design_in(f"{TOP}doc: '<script>&amp;</script>'\n"))

    assert "<script>&amp;</script>" in texts(svg, "text")


NAMES = [f"Box{number}" for number in range(30)]
LINES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=40)


@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(LINES)
def test_boxes_never_touch_whatever_points_where(pairs: list[tuple[str, str]]) -> None:
    heights = {name: 50.0 + 20 * (number % 7) for number, name in enumerate(NAMES)}
    placed = place(heights, [Line(start, end, 30, 20) for start, end in pairs], 30)

    by_column: dict[int, list[tuple[float, float]]] = {}
    for name, column in placed.columns.items():
        top = placed.tops[name]
        by_column.setdefault(column, []).append((top, top + heights[name]))
    for spans in by_column.values():
        neighbours = pairwise(sorted(spans))
        assert all(first[1] + 29.9 <= second[0] for first, second in neighbours)
    assert min(placed.tops.values()) == pytest.approx(0)
    for start, end in pairs:
        assert start == end or placed.columns[start] != placed.columns[end]
