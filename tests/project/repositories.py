"""Repositories as people have them, and what git says of them."""

import subprocess
from pathlib import Path

ALICE = ("-c", "user.name=Alice", "-c", "user.email=alice@example.org")


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def repository(folder: Path) -> Path:
    """A repository with one commit, somebody's change that waits, and a file that is ignored."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / ".gitignore").write_text("ignored/\n*.txt\n")
    commit(folder, ".gitignore")
    (folder / "notes.md").write_text("waits to be committed\n")
    git(folder, "add", "notes.md")
    return folder


def commit(folder: Path, path: str) -> None:
    git(folder, "add", "--", path)
    git(folder, *ALICE, "commit", "--quiet", "--message", "theirs")


def log(folder: Path) -> list[str]:
    return git(folder, "log", "--format=%s").splitlines()


def status(folder: Path) -> str:
    return git(folder, "status", "--porcelain", "--ignored")


def committed(folder: Path) -> set[str]:
    return set(git(folder, "ls-tree", "-r", "--name-only", "HEAD").splitlines())
