"""Projects that tests build, and the servers that their own tests run on."""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Unpack

from backsmith.design import read
from backsmith.render import render

from .warm import Request

ROOT = Path(__file__).parents[2]
SERVERS = """\
import asyncio, sys

from app.tests.server_folder import folder_for_run
from app.tests.servers import Run
from dev.services import LocalServices

with folder_for_run() as folder, LocalServices(folder, durable=False) as services:
    asyncio.run(Run(services.database_url, "", "").execute("CREATE DATABASE shared_test"))
    print(services.database_url.replace("/app", "/shared_test"), services.redis_url, flush=True)
    sys.stdin.read()
"""
"""Runs beside the tests, until the one who started it closes its input."""


@dataclass(frozen=True, slots=True)
class WarmPython:
    """A Python that runs tests of one project after the other, each in a copy of itself."""

    process: subprocess.Popen[str]

    def run(self, **request: Unpack[Request]) -> int:
        """Run pytest, and return the code that it ends with."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(request), file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate()


@cache
def warm_python() -> WarmPython:
    """Start the one that all tests of this process share; it ends with them."""
    warm = WarmPython(
        subprocess.Popen(
            [sys.executable, "-P", Path(__file__).with_name("warm.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    )
    atexit.register(warm.close)
    return warm


def build(design: Path, folder: Path) -> Path:
    """Render a design into a folder."""
    found = read(design.read_text(encoding="utf-8"), design.name).design
    assert found
    for path, data in render(found).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


@contextmanager
def servers_of(project: Path) -> Iterator[dict[str, str]]:
    """Run a PostgreSQL and a Valkey during a block; gives the variables that name them."""
    command = [sys.executable, "-c", SERVERS]
    with subprocess.Popen(
        command, cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        database, redis = process.stdout.readline().split()
        yield {"TEST_DATABASE_URL": database, "TEST_REDIS_URL": redis}
        process.stdin.close()


def run_tests(project: Path, variables: Mapping[str, str], *paths: str) -> tuple[bool, str]:
    """Say whether these tests of a project pass, and what they print; stop at the first failure."""
    # Only the plugins that they use: to load the others takes longer than most of the tests.
    plugins = ["-p", "pytest_asyncio.plugin", "-p", "xdist.plugin", "-p", "no:cacheprovider"]
    own = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")}
    with NamedTemporaryFile(mode="r", encoding="utf-8") as output:
        code = warm_python().run(
            folder=str(project),
            environment=own | dict(variables) | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            arguments=["-q", "-x", *plugins, *paths],
            output=output.name,
        )
        told = output.read()
    assert code in (0, 1), told
    return code == 0, told


def complaint(project: Path, *command: str) -> str:
    """What a tool finds in a project, if anything."""
    cache_folder = os.environ | {"MYPY_CACHE_DIR": str(project.parent / "mypy")}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=project,
        env=cache_folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr
