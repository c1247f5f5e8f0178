"""The commands of the README do, as they are printed, what it says of them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import running

ROOT = Path(__file__).parents[1]
BLOCKS = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!http)(.+?)\)")
CHANGING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}"
    r"|\d{4}-\d\d-\d\dT[\d:.]+Z"
)
"""Ids and moments, which differ each time."""


def blocks(heading: str) -> list[tuple[str, str]]:
    """The commands and the output that stand below a heading, in their order."""
    section = (ROOT / "README.md").read_text().partition(f"\n## {heading}\n")[2]
    return BLOCKS.findall(section.partition("\n## ")[0])


def bash(script: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_the_demo_answers_as_it_is_printed(tmp_path: Path) -> None:
    (_, demo), *rest = blocks("See it run")
    script = "".join(text for kind, text in rest if kind == "sh")
    printed = "".join(text for kind, text in rest if kind == "text")

    with running(ROOT / "examples" / "bookshop") as told:
        script = script.replace("http://127.0.0.1:8000/api/v1", told.api)
        answered = bash(script.replace(".demo/bookshop/.local/mail", told.mail), tmp_path)

    assert demo == "make demo\n"
    # Lines of a header end in two characters.
    assert _told(answered) == _told(printed)


def test_a_design_of_ones_own_is_built(tmp_path: Path, git_settings: Path) -> None:
    [(_, script)] = blocks("Build your own")
    by_make = ("make setup\n", 'PATH="$PWD/.venv/bin:$PATH"\n', "cd ..\n", "make dev\n")
    for line in by_make:
        assert script.count(line) == 1
        script = script.replace(line, "")

    said = bash(script + "git status --porcelain; git log --oneline", tmp_path)

    assert "No findings." in said
    assert re.search(r"GET +/api/v1/plants +authenticated", said)
    assert said.splitlines()[-1].endswith("feat: garden, built by Backsmith 0.1.0")
    assert (tmp_path / "garden" / "app" / "services" / "plant.py").is_file()


@pytest.mark.parametrize(
    "link", re.findall(r"\]\((?!http)(.+?)\)", (ROOT / "README.md").read_text())
)
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


def _told(text: str) -> str:
    return CHANGING.sub("...", text.replace("\r", ""))
