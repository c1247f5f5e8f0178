"""Designs that nobody thought of become projects that hold together.

A few, the same each time. `make random` tries others, and more of them.
"""

import os
from functools import cache
from pathlib import Path

import pytest

from backsmith.design import canonical, read
from backsmith.design.words import ALLOWED, Said
from tests.render.projects import build, complaint

from .databases import Database
from .random_designs import KEYS, many_designs, unknown_words

GIVEN = os.environ.get("RANDOM_DESIGNS")
"""How many others to try, as `make random` says."""
COUNT = int(GIVEN or 2)


@cache
def the_designs() -> list[str]:
    return many_designs(max(2 * COUNT, 75), others=GIVEN is not None)


def test_random_designs_know_every_word() -> None:
    assert {name: unknown for name, unknown in unknown_words().items() if unknown} == {}


def test_between_them_they_say_nearly_everything() -> None:
    text = "\n".join(the_designs())
    said = {option for options in KEYS.values() for option in options}

    assert {option for option in said if option not in text} == set()
    assert "\n  User:\n    fields:\n" in text
    assert [kind for kind in ALLOWED if f": {kind}" not in text and isinstance(kind, str)] == []
    assert [word for word in Said if word.isalpha() and f" {word}" not in text] == []


@pytest.mark.parametrize("number", range(COUNT))
def test_a_random_design_becomes_a_project(number: int, server: Database, tmp_path: Path) -> None:
    text = the_designs()[number]
    design = read(text).design
    assert design
    assert read(canonical(design)).design == design
    file = tmp_path / "backsmith.yml"
    file.write_text(text, encoding="utf-8")
    project = build(file, tmp_path)

    complaints = [
        f"{' '.join(command)}:\n{told}"
        for command in (["ruff", "check", "-q"], ["ruff", "format", "-q", "--check"], ["mypy"])
        if (told := complaint(project, *command))
    ]
    assert not complaints, "\n".join([text, *complaints])
    server.new(f"random_{number}_test").migrate(project, "up", "down", "up", "check")
