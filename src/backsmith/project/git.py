"""The few things asked of git, whatever the settings of the person who runs it."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from backsmith.project.errors import CannotRunError

KEPT = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")
"""Who commits, and where that is written. The rest would lead git to another repository."""
QUIET = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "commit.gpgSign=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
"""What would run programs of somebody else on a project that nobody has seen yet."""
FALLBACK = ("user.name=Backsmith", "user.email=backsmith@localhost")


class Git:
    """git, in one folder."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise CannotRunError("git is not installed. On Debian: apt-get install git")
        self._program = program
        self._folder = folder

    def init(self) -> None:
        branch = [] if self._says("config", "init.defaultBranch") else ["init.defaultBranch=main"]
        self._run("init", "--quiet", "--template=", settings=branch)

    def holds(self, name: str) -> bool:
        """Whether the folder is in a work tree that takes what is called so there."""
        inside = self._ask("rev-parse", "--is-inside-work-tree").stdout.strip() == "true"
        return inside and self._ask("check-ignore", "--quiet", f"{name}/").returncode == 1

    def root(self) -> Path:
        return Path(self._run("rev-parse", "--show-toplevel").removesuffix("\n"))

    def detached(self) -> bool:
        return not self._says("symbolic-ref", "--quiet", "HEAD")

    def knows_committer(self) -> bool:
        """Whether somebody has said who commits here; git would guess from the machine's name."""
        told = "user.useConfigOnly=true"
        asked = ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")
        return all(self._ask("var", each, settings=[told]).returncode == 0 for each in asked)

    def commit(self, path: str, message: str) -> None:
        """Commit one path as it stands, and nothing else that may wait to be committed."""
        identity = () if self.knows_committer() else FALLBACK
        self._run("add", "--force", "--", path)
        self._run(
            "commit", "--quiet", "--message", message, "--only", "--", path, settings=identity
        )

    def forget(self, path: str) -> None:
        """Take a path out of what waits to be committed."""
        self._run("rm", "-r", "--cached", "--quiet", "--ignore-unmatch", "--", path)

    def _says(self, *words: str) -> bool:
        return self._ask(*words).returncode == 0

    def _run(self, *words: str, settings: Sequence[str] = ()) -> str:
        done = self._ask(*words, settings=settings)
        if done.returncode != 0:
            raise CannotRunError(f"git {words[0]} said: {done.stderr.strip()}")
        return done.stdout

    def _ask(self, *words: str, settings: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        options = [option for each in (*QUIET, *settings) for option in ("-c", each)]
        return subprocess.run(
            [self._program, *options, *words],
            cwd=self._folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            # Ctrl-C is for us: git must not end in the middle, with its locks left behind.
            start_new_session=True,
            check=False,
        )


def _environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(KEPT)
    }
