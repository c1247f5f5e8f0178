from pathlib import Path

from .conftest import DESIGN, Backsmith

UNTIDY = DESIGN.replace("string 1..200", "string   optional 1..200  # its name")
TIDY = DESIGN.replace("string 1..200", "string? 1..200  # its name")


def test_a_design_gets_the_one_form(backsmith: Backsmith, tmp_path: Path) -> None:
    file = tmp_path / "untidy.yml"
    file.write_text(UNTIDY)

    said = backsmith("fmt", "untidy.yml")

    assert (said.code, said.out) == (0, "untidy.yml has the one form now.\n")
    assert file.read_text() == TIDY
    assert backsmith("fmt", "untidy.yml").out == "untidy.yml has the one form.\n"


def test_a_check_writes_nothing(backsmith: Backsmith, tmp_path: Path) -> None:
    file = tmp_path / "untidy.yml"
    file.write_text(UNTIDY)

    said = backsmith("fmt", "untidy.yml", "--check")

    assert said.code == 1
    assert "`backsmith fmt untidy.yml`" in said.out
    assert file.read_text() == UNTIDY
    assert backsmith("fmt", "good.yml", "--check").code == 0


def test_windows_line_ends_are_no_reason_to_write(backsmith: Backsmith, tmp_path: Path) -> None:
    (tmp_path / "good.yml").write_bytes(DESIGN.replace("\n", "\r\n").encode())

    assert backsmith("fmt", "good.yml", "--check").code == 0


def test_a_design_that_is_wrong_is_left_alone(backsmith: Backsmith, tmp_path: Path) -> None:
    before = (tmp_path / "bad.yml").read_text()

    said = backsmith("fmt", "bad.yml")

    assert said.code == 1
    assert "2 findings." in said.out
    assert (tmp_path / "bad.yml").read_text() == before
