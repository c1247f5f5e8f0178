"""What is installed from a wheel works without the clone that it was made from."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")
DESIGN = ROOT / "examples" / "bookshop.yml"
BUILT = ROOT / "examples" / "bookshop"
BY_PRODUCTS = {".venv", ".local", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    how = ("--wheel", "--offline", "--no-build-isolation", "--python", sys.executable)
    run(UV, "build", *how, "--out-dir", folder, ROOT)
    [wheel] = folder.glob("*.whl")
    return wheel


def test_the_wheel_carries_the_backend_and_nothing_that_lies_about(wheel: Path) -> None:
    names = [Path(name).parts for name in ZipFile(wheel).namelist()]

    assert ("backsmith", "backend", "app", "main.py") in names
    assert ("backsmith", "backend", ".github", "workflows", "ci.yml") in names
    assert [parts for parts in names if BY_PRODUCTS & set(parts)] == []


@pytest.mark.usefixtures("git_settings")
def test_an_installed_backsmith_builds_the_bookshop(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    run(UV, "pip", "install", "--offline", "--no-deps", "--target", installed, wheel)

    run(
        *(sys.executable, "-m", "backsmith", "new", "bookshop", "--design", DESIGN),
        cwd=tmp_path,
        PYTHONPATH=str(installed),
    )

    assert files_in(tmp_path / "bookshop") == files_in(BUILT)


def run(*words: str | Path, cwd: Path | None = None, **environment: str) -> None:
    done = subprocess.run(
        words,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def files_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    relative = {path.relative_to(folder): path for path in files}
    return {
        str(name): path.read_bytes()
        for name, path in relative.items()
        if not (BY_PRODUCTS | {".git"}) & set(name.parts)
    }
