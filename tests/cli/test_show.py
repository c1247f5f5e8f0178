import json
import re
from pathlib import Path

import pytest

from .conftest import DESIGN, Backsmith


def test_each_endpoint_is_a_line_that_says_who_may_call_it(backsmith: Backsmith) -> None:
    said = backsmith("show", "good.yml")

    assert said.code == 0
    lines = said.out.splitlines()
    assert [re.split(" {2,}", line) for line in lines[:4]] == [
        ["METHOD", "PATH", "WHO", "WHAT"],
        ["GET", "/api/v1/books", "public", "list books"],
        ["POST", "/api/v1/books", "admin", "create a book"],
        ["GET", "/api/v1/books/{book_id}", "public", "show a book"],
    ]
    # In columns: each begins where its head does.
    assert {line.index("list" if "list" in line else "WHAT") for line in lines[:2]} == {
        lines[0].index("WHAT")
    }


def test_a_bad_design_shows_nothing_but_its_findings(backsmith: Backsmith) -> None:
    said = backsmith("show", "bad.yml")

    assert said.code == 1
    assert "METHOD" not in said.out
    assert "2 findings." in said.out


def test_a_picture_is_drawn_into_a_file(backsmith: Backsmith, tmp_path: Path) -> None:
    said = backsmith("show", "good.yml", "--svg", "shop.svg")

    assert (said.code, said.out) == (0, "The picture is in shop.svg.\n")
    assert (tmp_path / "shop.svg").read_text().startswith("<svg ")


@pytest.mark.parametrize(
    ("file", "words"),
    [("good.yml", "good.yml is no name for a picture"), ("no/a.svg", "no/a.svg can't be written")],
)
def test_a_picture_overwrites_no_design(
    backsmith: Backsmith, tmp_path: Path, file: str, words: str
) -> None:
    said = backsmith("show", "good.yml", "--svg", file)

    assert said.code == 2
    assert said.err.startswith(words)
    assert (tmp_path / "good.yml").read_text() == DESIGN


def test_programs_are_told_the_same_as_json(backsmith: Backsmith) -> None:
    told = json.loads(backsmith("show", "good.yml", "--json").out)

    assert list(told) == ["name", "doc", "roles", "user", "resources", "endpoints"]
    assert told["roles"] == ["admin"]
    assert told["user"] == {"fields": []}
    [book] = told["resources"]
    assert (book["name"], book["path"]) == ("Book", "books")
    assert book["fields"] == [
        {"name": "title", "column": "title", "type": "string", "required": True, "unique": False}
    ]
    assert told["endpoints"][0] == {
        "method": "GET",
        "path": "/api/v1/books",
        "who": ["public"],
        "summary": "list books",
    }
