"""A warm Python sees each project as its files are, and keeps nothing of what it ran before."""

from pathlib import Path

import pytest

from .mutations import Change, Mutation, broken
from .projects import run_tests

TEST = """\
import os
from app.answer import ANSWER

def test_the_answer_is_known() -> None:
    assert ANSWER == int(os.environ["ANSWER"])
"""
GIVEN = {"ANSWER": "42"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "answer.py").write_text("ANSWER = 42\n")
    (tmp_path / "test_answer.py").write_text(TEST)
    return tmp_path


def changed(new: str) -> Mutation:
    return Mutation("the answer", Path(), "answer", (Change("app/answer.py", "42", new),))


def test_a_change_is_seen_for_as_long_as_it_is_there(project: Path) -> None:
    for new, passes in (("41", False), ("0x2A", True), ("43", False)):
        with broken(project, changed(new)):
            assert run_tests(project, GIVEN, "test_answer.py")[0] is passes

        passed, told = run_tests(project, GIVEN, "test_answer.py")

        assert passed, told


def test_each_run_has_its_own_environment(project: Path) -> None:
    told = [run_tests(project, {"ANSWER": answer}, "test_answer.py")[1] for answer in ("42", "1")]

    assert "1 passed" in told[0]
    assert "assert 42 == 1" in told[1]


def test_nothing_of_an_earlier_run_is_left(project: Path) -> None:
    assert run_tests(project, GIVEN, "test_answer.py")[0]
    (project / "app" / "answer.py").unlink()

    with pytest.raises(AssertionError, match=r"No module named 'app\.answer'"):
        run_tests(project, GIVEN, "test_answer.py")
