from pathlib import Path

from .conftest import DESIGN, Backsmith


def test_the_files_of_a_project_are_written_without_git(backsmith: Backsmith) -> None:
    said = backsmith("render", "good.yml", "--into", "shop")

    assert (said.code, said.err) == (0, "")
    assert Path("shop/backsmith.yml").read_text().partition("\n")[2] == DESIGN
    assert Path("shop/app/main.py").is_file()
    assert not Path("shop/.git").exists()


def test_a_folder_that_holds_something_is_left_as_it_is(backsmith: Backsmith) -> None:
    Path("shop").mkdir()
    Path("shop/mine").touch()

    said = backsmith("render", "good.yml", "--into", "shop")

    assert said.code == 2
    assert [path.name for path in Path("shop").iterdir()] == ["mine"]


def test_a_bad_design_is_not_rendered(backsmith: Backsmith) -> None:
    said = backsmith("render", "bad.yml", "--into", "shop")

    assert said.code == 1
    assert not Path("shop").exists()
