import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import DESIGN, Backsmith

MODELINE = "# yaml-language-server: $schema=.backsmith/schema.json\n"

pytestmark = pytest.mark.usefixtures("git_settings")

SLOW_GIT = """\
#!/bin/sh
for word in "$@"; do
    if [ "$word" = commit ]; then touch "$STARTED"; sleep 5; fi
done
exec "$REAL_GIT" "$@"
"""


def test_a_project_is_built_and_the_way_on_is_said(backsmith: Backsmith) -> None:
    said = backsmith("new", "shop", "--design", "good.yml")

    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "Reading good.yml ..."
    assert "Rendering 1 resource ..." in lines
    assert "Built and committed shop." in lines
    assert "  cd shop" in lines
    assert Path("shop/backsmith.yml").read_text() == MODELINE + DESIGN
    assert Path("shop/app/models/book.py").is_file()


def test_the_folder_has_its_own_name_and_the_project_that_of_the_design(
    backsmith: Backsmith,
) -> None:
    backsmith("new", "my-folder", "--design", "good.yml")

    assert 'NAME = "bookshop"' in Path("my-folder/app/core/about.py").read_text()


def test_what_the_design_leaves_open_is_said_first(backsmith: Backsmith) -> None:
    said = backsmith("new", "shop", "--design", "good.yml")

    line = "2 things are left open, and assumed; `backsmith check` tells them.\n"
    assert said.out.index(line) < said.out.index("Rendering")


def test_without_a_design_the_project_holds_people_alone(backsmith: Backsmith) -> None:
    said = backsmith("new", "shop")

    assert said.code == 0
    assert Path("shop/backsmith.yml").read_text() == f"{MODELINE}backsmith: 1\nname: shop\n"
    assert Path("shop/app/models/user.py").is_file()
    assert not Path("shop/app/models/book.py").exists()


def test_a_bad_design_is_told_whole_and_nothing_is_made(backsmith: Backsmith) -> None:
    said = backsmith("new", "shop", "--design", "bad.yml")

    assert said.code == 1
    assert "2 findings." in said.out
    assert not Path("shop").exists()


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("BookShop", '"book-shop"'),
        ("book_shop", '"book-shop"'),
        ("../shop", '"shop"'),
        ("1shop", ""),
        ("shop-", '"shop"'),
        ("x" * 100, ""),
        ("", ""),
        ("shop\n", '"shop"'),
    ],
)
def test_a_name_that_is_none_is_refused_with_one_that_is(
    backsmith: Backsmith, tmp_path: Path, name: str, right: str
) -> None:
    before = sorted(path.name for path in tmp_path.parent.rglob("*"))

    said = backsmith("new", "--", name)

    assert said.code == 2
    assert "can't be the name of a project" in said.err
    assert right in said.err
    assert sorted(path.name for path in tmp_path.parent.rglob("*")) == before


def test_a_folder_that_is_not_empty_is_refused_before_anything_is_read(
    backsmith: Backsmith,
) -> None:
    Path("shop").mkdir()
    Path("shop/mine").touch()

    said = backsmith("new", "shop", "--design", "nowhere.yml")

    assert said.code == 2
    assert "not empty" in said.err


def test_who_stands_in_for_a_committer_is_said(backsmith: Backsmith, git_settings: Path) -> None:
    assert "git -C one config user.name" in backsmith("new", "one").out

    git_settings.write_text("[user]\nname = Alice\nemail = alice@example.org\n")

    assert "config user.name" not in backsmith("new", "two").out


def test_inside_a_repository_it_is_said_where_the_commit_is(
    backsmith: Backsmith, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)

    said = backsmith("new", "shop")

    assert f"committed it in the repository {tmp_path}" in said.out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_stops_it_is_told_that_nothing_was_made(
    tmp_path: Path, number: signal.Signals
) -> None:
    # What is ignored here, as SIGHUP is by `nohup`, would be ignored there, too.
    before = signal.signal(number, signal.SIG_DFL)
    try:
        process = started(tmp_path)
    finally:
        signal.signal(number, before)

    process.send_signal(number)
    out, err = process.communicate(timeout=10)

    assert process.returncode == 130, out + err
    assert err == "\nStopped. Nothing was made.\n"
    assert list((tmp_path / "work").iterdir()) == []


def test_even_a_hard_kill_leaves_no_project_half_made(tmp_path: Path) -> None:
    process = started(tmp_path)

    process.kill()
    process.communicate()

    assert not (tmp_path / "work" / "shop").exists()


def started(folder: Path) -> subprocess.Popen[str]:
    """Begin a project, and come back when git, slow as it is here, is about to commit it."""
    (folder / "work").mkdir()
    (folder / "bin").mkdir()
    slow = folder / "bin" / "git"
    slow.write_text(SLOW_GIT)
    slow.chmod(0o755)
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "backsmith", "new", "shop"],
        cwd=folder / "work",
        env={
            **os.environ,
            "PATH": f"{slow.parent}:{os.environ['PATH']}",
            "REAL_GIT": real.stdout.strip(),
            "STARTED": str(folder / "started"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 20
    while not (folder / "started").exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "it does not begin"
        time.sleep(0.01)
    return process
