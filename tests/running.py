"""Projects as `make dev` runs them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Told:
    """What `make dev` tells: where all is, and who can log in."""

    docs: str
    api: str
    database: str
    mail: str
    email: str
    password: str

    @classmethod
    def by(cls, report: str) -> "Told | None":
        forms = (
            r"Docs page +(\S+)",
            r"^ +API +(http\S+)",
            r"^ +Database +(\S+)",
            r"^ +Mail +(\S+),",
            r"^ +(\S+@\S+) ",
            r'password "(.+)"',
        )
        found = [re.search(form, report, re.MULTILINE) for form in forms]
        lines = [match[1] for match in found if match]
        return cls(*lines) if len(lines) == len(forms) else None


@contextmanager
def running(source: Path, **environment: str) -> Iterator[Told]:
    """Run a copy of a project, so that nobody's data is touched."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # PostgreSQL may run as another user
        project = Path(folder) / "project"
        shutil.copytree(source, project, ignore=shutil.ignore_patterns(".local", ".*cache*"))
        report = Path(folder) / "report"
        with report.open("w") as output:
            dev = subprocess.Popen(
                [sys.executable, "-m", "dev"],
                cwd=project,
                env=os.environ | {"PORT": str(free_port())} | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield _wait_for(report, dev)
        finally:
            dev.send_signal(signal.SIGINT)
            dev.wait(timeout=PATIENCE)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def _wait_for(report: Path, dev: subprocess.Popen[bytes]) -> Told:
    deadline = time.monotonic() + PATIENCE
    while (told := Told.by(report.read_text())) is None:
        if dev.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"`make dev` does not come up:\n{report.read_text()}")
        time.sleep(0.1)
    return told
