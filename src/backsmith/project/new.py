"""A new project: rendered files become a folder and a commit, both or neither."""

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backsmith.project.errors import CannotRunError
from backsmith.project.folder import refuse_if_taken, unfinished, write
from backsmith.project.git import Git


@dataclass(frozen=True, slots=True)
class Made:
    """What there is to know about a project that was made just now."""

    repository: Path
    """Its own folder, or that of the repository which it stands in."""
    committer_known: bool


def make(target: Path, files: Mapping[str, bytes], message: str) -> Made:
    """Make a project and commit it: in the repository that it stands in, or in one of its own."""
    refuse_if_taken(target)
    around = Git(target.parent)
    inside = around.holds(target.name)
    if inside and around.detached():
        raise CannotRunError(
            f"The repository {around.root()} is on no branch, so that a commit could be lost.\n"
            "Switch to one first: git switch NAME"
        )
    with unfinished(target) as folder:
        write(folder, files)
        if inside:
            _join(around, folder, target, message)
        else:
            _found(folder, message)
            folder.rename(target)
    return Made(around.root() if inside else target, around.knows_committer())


def _found(folder: Path, message: str) -> None:
    git = Git(folder)
    git.init()
    git.commit(".", message)


def _join(around: Git, folder: Path, target: Path, message: str) -> None:
    with _undisturbed():
        folder.rename(target)
        try:
            around.commit(target.name, message)
        except BaseException:
            around.forget(target.name)
            target.rename(folder)
            raise


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C and its like wait: the steps between belong together, and are short."""
    waiting = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, waiting)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
