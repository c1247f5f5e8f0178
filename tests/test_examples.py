"""What stands in examples/ is what its designs are built to, to the byte."""

import subprocess
from pathlib import Path

import pytest

from backsmith.design import read
from backsmith.project.bookkeeping import whole
from backsmith.render import render

EXAMPLES = Path(__file__).parents[1] / "examples"
DESIGNS = sorted(EXAMPLES.glob("*.yml"))


def test_there_are_examples() -> None:
    assert DESIGNS


@pytest.mark.parametrize("file", DESIGNS, ids=lambda file: file.stem)
def test_an_example_is_what_its_design_is_built_to(file: Path) -> None:
    text = file.read_bytes()
    design = read(text).design
    assert design

    built = whole(design, text, render(design))
    stands = in_folder(file.with_suffix(""))

    assert sorted(stands) == sorted(built), "make examples"
    assert [path for path in built if stands[path] != built[path]] == [], "make examples"


def in_folder(folder: Path) -> dict[str, bytes]:
    """Read what git keeps of a folder, or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [path for path in listed.stdout.split("\0") if path and (folder / path).exists()]
    return {path: (folder / path).read_bytes() for path in paths}
