"""What the pages for people and agents promise is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLACES = (ROOT, ROOT / "backend")
BUILT = ROOT / "examples" / "bookshop"
"""A project has what its backend has, and how it was built."""
A_PATH = re.compile(r"`([\w.-]+/[\w./-]*|[\w-]+\.(?:md|toml|yml|txt))`")
A_VERB = re.compile(r"(?:^|`|&& )make ([a-z]+)\b", re.MULTILINE)
LONGEST = 80


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_the_page_for_agents_is_short_and_where_agents_look(place: Path) -> None:
    assert len((place / "AGENTS.md").read_text().splitlines()) <= LONGEST
    assert (place / "CLAUDE.md").read_text() == "@AGENTS.md\n"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_every_path_that_it_names_is_there(place: Path) -> None:
    paths = A_PATH.findall((place / "AGENTS.md").read_text())

    assert len(paths) > 10
    places = (place, BUILT)
    missing = [path for path in paths if not any((each / path).exists() for each in places)]
    assert [path for path in missing if not made_by_setup(path)] == []


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
@pytest.mark.parametrize("page", ["AGENTS.md", "README.md"])
def test_every_verb_that_a_page_names_is_one_of_make_and_has_a_line_of_help(
    place: Path, page: str
) -> None:
    verbs = set(A_VERB.findall((place / page).read_text()))

    assert verbs
    # The pages of the repository speak of a project's verbs, too.
    known = (place, ROOT / "backend")
    assert {verb for verb in verbs if not any(helped(each, verb) for each in known)} == set()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_every_verb_has_a_line_of_help(place: Path) -> None:
    makefile = (place / "Makefile").read_text()
    verbs = " ".join(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)).split()

    assert verbs
    assert [verb for verb in verbs if not helped(place, verb)] in ([], ["ready"])


def test_a_project_s_ci_checks_all_and_holds_the_coverage() -> None:
    steps = (ROOT / "backend/.github/workflows/ci.yml").read_text()

    assert re.findall(r"run: make (\w+)", steps) == ["setup", "check", "coverage"]
    assert "fail_under = 90" in (ROOT / "backend/pyproject.toml").read_text()
    assert re.search(r"^coverage:.*\n\t.* --cov$", (ROOT / "backend/Makefile").read_text(), re.M)


def made_by_setup(path: str) -> bool:
    return path.startswith(".venv/")


def helped(place: Path, verb: str) -> bool:
    return bool(re.search(rf"^{verb}:.*## \S", (place / "Makefile").read_text(), re.MULTILINE))
