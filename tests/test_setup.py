"""What `make setup` runs, here and in every project."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SETUP = Path(__file__).parents[1] / "backend" / "dev" / "setup.sh"
UV = """\
#!/bin/sh
printf '%s\\n' "$@" >said
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a space in its path, and a uv that only says what it was asked."""
    folder = tmp_path / "my project"
    folder.mkdir()
    (folder / "uv").write_text(UV)
    (folder / "uv").chmod(0o755)
    return folder


def test_an_environment_is_made_and_filled_by_content_alone(project: Path) -> None:
    done = setup(project)

    assert done.returncode == 0, done.stderr
    assert (project / ".venv" / "bin" / "python").exists()
    said = (project / "said").read_text().splitlines()
    assert said[:2] == ["pip", "sync"]
    assert "--require-hashes" in said
    assert said[-1] == "packages.txt"


def test_an_environment_that_is_there_is_kept(project: Path) -> None:
    setup(project)
    (project / ".venv" / "mine").touch()

    setup(project)

    assert (project / ".venv" / "mine").exists()


def test_an_environment_whose_python_is_gone_is_made_anew(project: Path) -> None:
    setup(project)
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")

    done = setup(project)

    assert done.returncode == 0, done.stderr
    assert subprocess.run([python, "-c", ""], check=False).returncode == 0


@pytest.mark.parametrize("python", ["no-such-python", "old-python"])
def test_a_python_that_is_missing_or_old_is_said(project: Path, python: str) -> None:
    old = project / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = setup(project, PYTHON=python)

    assert done.returncode == 2
    assert f"Python 3.11 or newer is needed, and `{python}` is older or not there" in done.stderr
    assert not (project / ".venv").exists()


def setup(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{project}:{os.environ['PATH']}"
    return subprocess.run(
        ["sh", SETUP, "uv.txt", "packages.txt"],
        cwd=project,
        env={**os.environ, "PATH": path, "PYTHON": sys.executable, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
