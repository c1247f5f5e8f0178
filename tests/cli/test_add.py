from pathlib import Path

import pytest

from .conftest import DESIGN, Backsmith

ADD = ("design", "add")
POST = ("Post", "title:string:3..200:search", "author:User:cascade", "--owner", "author")


def test_a_resource_is_added_and_shown(backsmith: Backsmith, tmp_path: Path) -> None:
    said = backsmith(*ADD, "resource", *POST, "--read", "public", "--file", "good.yml")

    block = """\
  Post:
    fields:
      title: string 3..200 search
      author: User cascade
    owner: author
    access: {read: public}
"""
    assert (said.code, said.err) == (0, "")
    assert said.out == f"Added to good.yml, from line 8 on:\n{block}"
    assert (tmp_path / "good.yml").read_text() == DESIGN + block


def test_fields_are_added_to_the_design_that_is_here(backsmith: Backsmith, tmp_path: Path) -> None:
    (tmp_path / "good.yml").rename(tmp_path / "backsmith.yml")

    said = backsmith(*ADD, "field", "Book", "subtitle:string:..80:optional", "pages:int:1..")

    assert said.code == 0
    assert (tmp_path / "backsmith.yml").read_text() == DESIGN.replace(
        "1..200\n", "1..200\n      subtitle: string? ..80\n      pages: int 1..\n"
    )


def test_people_are_given_fields_as_resources_are(backsmith: Backsmith, tmp_path: Path) -> None:
    first = backsmith(
        *ADD, "resource", "User", "nickname:string:..40:optional", "--file", "good.yml"
    )
    second = backsmith(*ADD, "field", "User", "phone:string:optional:private", "--file", "good.yml")

    assert (first.code, second.code) == (0, 0)
    block = "  User:\n    fields:\n      nickname: string? ..40\n      phone: string? private\n"
    assert (tmp_path / "good.yml").read_text() == DESIGN + block


def test_findings_name_what_was_typed_and_nothing_is_written(
    backsmith: Backsmith, tmp_path: Path
) -> None:
    words = ("Post", "title:strin:3..200", "author:Use:cascade", "--owner", "autor")
    said = backsmith(*ADD, "resource", *words, "--read", "pubic", "--file", "good.yml")

    assert said.code == 1
    assert 'title:strin:3..200: "strin" is not a type. Did you mean "string"?' in said.out
    assert '--owner autor: the owner "autor" is no field.' in said.out
    assert '--read pubic: "pubic" is nobody that this design knows.' in said.out
    assert said.out.endswith("Nothing was written.\n")
    assert (tmp_path / "good.yml").read_text() == DESIGN


def test_what_is_there_already_is_not_added_again(backsmith: Backsmith, tmp_path: Path) -> None:
    said = backsmith(*ADD, "field", "Book", "title:string", "--file", "good.yml")

    assert said.code == 1
    assert said.out.startswith('title:string: "title" is written twice.')
    assert (tmp_path / "good.yml").read_text() == DESIGN


def test_a_design_that_is_wrong_is_mended_first(backsmith: Backsmith) -> None:
    said = backsmith(*ADD, "field", "Book", "pages:int", "--file", "bad.yml")

    assert said.code == 1
    assert said.out.startswith("bad.yml:6:14:")


def test_a_resource_that_is_not_there_takes_no_field(backsmith: Backsmith) -> None:
    said = backsmith(*ADD, "field", "Bok", "pages:int", "--file", "good.yml")

    told = 'good.yml: The design has no resource "Bok". Did you mean "Book"?\n'
    assert (said.code, said.err) == (2, told)


def test_bytes_that_are_no_text_are_a_finding(backsmith: Backsmith, tmp_path: Path) -> None:
    said = backsmith(*ADD, "resource", "Post", "a:int", "--doc", "a\udcff", "--file", "good.yml")

    assert said.code == 1
    assert "half of a surrogate pair" in said.out
    assert (tmp_path / "good.yml").read_text() == DESIGN


def test_windows_line_ends_stay(backsmith: Backsmith, tmp_path: Path) -> None:
    file = tmp_path / "good.yml"
    file.write_bytes(DESIGN.replace("\n", "\r\n").encode())

    backsmith(*ADD, "field", "Book", "pages:int", "--file", "good.yml")

    expected = DESIGN.replace("1..200\n", "1..200\n      pages: int\n")
    assert file.read_bytes() == expected.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("what", ["resource", "field"])
def test_the_help_teaches_with_an_example(backsmith: Backsmith, what: str) -> None:
    said = backsmith(*ADD, what, "--help")

    assert f"    backsmith design add {what} Post" in said.out
    assert "`optional` stands for ?" in said.out
