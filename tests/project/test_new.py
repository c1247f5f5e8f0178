import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from backsmith.cli.terminal import StoppedError
from backsmith.project import new
from backsmith.project.errors import CannotRunError
from backsmith.project.git import Git
from backsmith.project.new import make

from .repositories import ALICE, commit, committed, git, log, repository, status

FILES = {
    "README.md": b"# shop\n",
    "requirements.txt": b"fastapi\n",
    "app/main.py": b"app = None\n",
    "app/__init__.py": b"",
    ".github/workflows/ci.yml": b"name: CI\n",
}
MESSAGE = "feat: shop"
Happening: TypeAlias = Callable[[], BaseException]

pytestmark = pytest.mark.usefixtures("git_settings")


def test_a_project_is_its_files_and_one_commit(tmp_path: Path) -> None:
    made = make(tmp_path / "shop", FILES, MESSAGE)

    assert made.repository == tmp_path / "shop"
    assert_whole(tmp_path / "shop")
    assert log(tmp_path / "shop") == [MESSAGE]
    assert git(tmp_path / "shop", "branch", "--show-current") == "main\n"
    assert names(tmp_path) == ["shop"]


def test_a_space_in_the_path_and_a_long_one_are_no_matter(tmp_path: Path) -> None:
    deep = tmp_path / "my work" / ("long " * 20).strip()
    deep.mkdir(parents=True)

    make(deep / "shop", FILES, MESSAGE)

    assert_whole(deep / "shop")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()

    make(tmp_path / "shop", FILES, MESSAGE)

    assert_whole(tmp_path / "shop")


def test_a_folder_that_is_not_empty_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "mine").write_text("mine")

    with pytest.raises(CannotRunError, match="not empty"):
        make(tmp_path / "shop", FILES, MESSAGE)

    assert names(tmp_path / "shop") == ["mine"]


def test_a_file_or_a_link_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    for name in ("file", "link"):
        with pytest.raises(CannotRunError, match="there already"):
            make(tmp_path / name, FILES, MESSAGE)


def test_a_folder_that_fills_up_meanwhile_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_is_quicker(folder: Path, _files: object) -> None:
        (folder / "README.md").touch()
        (tmp_path / "shop").mkdir()
        (tmp_path / "shop" / "mine").touch()

    monkeypatch.setattr(new, "write", somebody_is_quicker)
    with pytest.raises(CannotRunError, match="could not be written"):
        make(tmp_path / "shop", FILES, MESSAGE)

    assert names(tmp_path) == ["shop"]
    assert names(tmp_path / "shop") == ["mine"]


def test_a_place_where_nothing_can_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_options: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    # Not by a mode: root may write everywhere.
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(CannotRunError, match=r"Nothing can be written in .*: Permission denied\."):
        make(tmp_path / "shop", FILES, MESSAGE)


def test_without_git_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CannotRunError, match="git is not installed"):
        make(tmp_path / "shop", FILES, MESSAGE)

    assert names(tmp_path) == []


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_no_umask_keeps_us_from_what_we_have_made(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        make(tmp_path / "shop", FILES, MESSAGE)
    finally:
        assert os.umask(before) == umask

    assert_whole(tmp_path / "shop")
    mode = (tmp_path / "shop" / "README.md").stat().st_mode & 0o777
    assert mode == (0o666 & ~umask) | 0o600


# Whose commit it is, and what the person's own settings may not do.


def test_the_commit_is_the_persons_own(tmp_path: Path, git_settings: Path) -> None:
    git_settings.write_text(
        "[user]\nname = Alice\nemail = alice@example.org\n[init]\ndefaultBranch = trunk\n"
    )

    made = make(tmp_path / "shop", FILES, MESSAGE)

    assert made.committer_known
    assert git(tmp_path / "shop", "log", "--format=%an %ce") == "Alice alice@example.org\n"
    assert git(tmp_path / "shop", "branch", "--show-current") == "trunk\n"


def test_where_git_knows_nobody_backsmith_stands_in(tmp_path: Path) -> None:
    made = make(tmp_path / "shop", FILES, MESSAGE)

    assert not made.committer_known
    author = git(tmp_path / "shop", "log", "--format=%an <%ae>")
    assert author == "Backsmith <backsmith@localhost>\n"
    assert "user" not in (tmp_path / "shop" / ".git" / "config").read_text()


def test_hooks_templates_signing_and_excludes_of_the_person_stay_out(
    tmp_path: Path, git_settings: Path
) -> None:
    ours, hooks = tmp_path / "work", tmp_path / "template" / "hooks"
    ours.mkdir()
    hooks.mkdir(parents=True)
    for hook in ("pre-commit", "commit-msg", "post-commit", "reference-transaction"):
        (hooks / hook).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
        (hooks / hook).chmod(0o755)
    (tmp_path / "excludes").write_text("*.md\napp/\n")
    git_settings.write_text(
        f"[init]\ntemplateDir = {hooks.parent}\n"
        f"[core]\nhooksPath = {hooks}\nexcludesFile = {tmp_path}/excludes\nautocrlf = true\n"
        "[commit]\ngpgSign = true\n[gpg]\nprogram = false\n[user]\nuseConfigOnly = true\n"
    )

    make(ours / "shop", FILES, MESSAGE)

    assert_whole(ours / "shop")
    assert not (tmp_path / "ran").exists()
    assert not (ours / "shop" / ".git" / "hooks").exists()


def test_variables_that_name_another_repository_are_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository(tmp_path / "other")
    before = status(other), log(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))

    make(tmp_path / "shop", FILES, MESSAGE)

    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name)
    assert_whole(tmp_path / "shop")
    assert (status(other), log(other)) == before


# Inside of a repository.


def test_inside_a_repository_the_project_is_a_commit_of_that_one(tmp_path: Path) -> None:
    around = repository(tmp_path / "around")
    (around / "services").mkdir()

    made = make(around / "services" / "shop", FILES, MESSAGE)

    assert made.repository == around
    assert not (around / "services" / "shop" / ".git").exists()
    assert log(around) == [MESSAGE, "theirs"]
    assert committed(around) == {".gitignore", *(f"services/shop/{path}" for path in FILES)}
    assert status(around) == "A  notes.md\n"


def test_the_first_commit_of_a_repository_may_be_a_project(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")

    make(tmp_path / "shop", FILES, MESSAGE)

    assert committed(tmp_path) == {f"shop/{path}" for path in FILES}


def test_where_a_repository_ignores_the_folder_the_project_is_its_own(tmp_path: Path) -> None:
    around = repository(tmp_path / "around")
    (around / "ignored").mkdir()

    made = make(around / "ignored" / "shop", FILES, MESSAGE)

    assert made.repository == around / "ignored" / "shop"
    assert_whole(around / "ignored" / "shop")
    assert log(around) == ["theirs"]


def test_a_repository_on_no_branch_is_refused(tmp_path: Path) -> None:
    around = repository(tmp_path / "around")
    git(around, "switch", "--quiet", "--detach")

    with pytest.raises(CannotRunError, match="on no branch"):
        make(around / "shop", FILES, MESSAGE)

    assert not (around / "shop").exists()


def test_a_repository_in_the_middle_of_a_merge_is_left_as_it_is(tmp_path: Path) -> None:
    around = repository(tmp_path / "around")
    commit(around, "notes.md")
    git(around, "switch", "--quiet", "--create", "other", "HEAD~1")
    (around / "other.md").touch()
    commit(around, "other.md")
    git(around, *ALICE, "merge", "--quiet", "--no-commit", "--no-ff", "main")
    before = status(around), log(around)

    with pytest.raises(CannotRunError, match="merge"):
        make(around / "shop", FILES, MESSAGE)

    assert (status(around), log(around)) == before
    assert not (around / "shop").exists()


# Whatever happens on the way.


def full_disk() -> BaseException:
    return OSError(errno.ENOSPC, "No space left on device")


HAPPENINGS = [StoppedError, full_disk, lambda: CannotRunError("git said no")]


@pytest.mark.parametrize("happens", HAPPENINGS)
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("step", ["write", "init", "commit"])
def test_what_fails_or_is_stopped_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, late: bool, happens: Happening
) -> None:
    make_it_happen(monkeypatch, step, late, happens)

    with pytest.raises((StoppedError, CannotRunError)):
        make(tmp_path / "shop", FILES, MESSAGE)

    assert names(tmp_path) == []


@pytest.mark.parametrize("happens", HAPPENINGS)
@pytest.mark.parametrize(("step", "late"), [("write", False), ("write", True), ("commit", False)])
def test_what_fails_inside_of_a_repository_leaves_that_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, late: bool, happens: Happening
) -> None:
    around = repository(tmp_path / "around")
    before = names(around), status(around), log(around)
    make_it_happen(monkeypatch, step, late, happens)

    with pytest.raises((StoppedError, CannotRunError)):
        make(around / "shop", FILES, MESSAGE)

    assert (names(around), status(around), log(around)) == before


def test_a_commit_that_is_refused_leaves_the_repository_as_it_was(tmp_path: Path) -> None:
    around = repository(tmp_path / "around")
    before = names(around), status(around), log(around)
    (around / ".git" / "refs" / "heads" / "main.lock").touch()

    with pytest.raises(CannotRunError, match="git commit said"):
        make(around / "shop", FILES, MESSAGE)

    assert (names(around), status(around), log(around)) == before


def make_it_happen(
    monkeypatch: pytest.MonkeyPatch, step: str, late: bool, happens: Happening
) -> None:
    owner: object = new if step == "write" else Git
    real = getattr(owner, step)

    def then_it_happens(*arguments: object) -> None:
        if late:
            real(*arguments)
        raise happens()

    monkeypatch.setattr(owner, step, then_it_happens)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def assert_whole(project: Path) -> None:
    found = {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(project).parts
    }
    assert found == FILES
    assert committed(project) == set(FILES)
    assert status(project) == ""
