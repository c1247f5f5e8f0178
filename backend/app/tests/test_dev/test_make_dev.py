import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import httpx
import pytest

from app.tests.people import ALICE
from app.tests.test_dev.places import folder_for_servers, running_in, wait_until_empty
from dev.process import leashed
from dev.server import free_port

BACKEND = Path(__file__).parents[3]
LIMIT_SECONDS = 60
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def project() -> Iterator[Path]:
    """A project under a long path with spaces."""
    with folder_for_servers() as folder:
        for name in ("app", "dev"):
            shutil.copytree(BACKEND / name, folder / name)
        shutil.copy(BACKEND / "pyproject.toml", folder)
        yield folder


class MakeDev:
    """`python -m dev` in a terminal of its own."""

    def __init__(self, project: Path, **environment: str) -> None:
        self.lines: list[str] = []
        given = {name: value for name, value in os.environ.items() if "_URL" not in name}
        self.process = subprocess.Popen(
            leashed([sys.executable, "-m", "dev"], signal.SIGTERM),
            cwd=project,
            env={**given, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        # What reads its output would wait for ever.
        self.limit = Timer(LIMIT_SECONDS, self.process.kill)
        self.limit.start()

    def read_until(self, word: str) -> str:
        """Read what it says, up to a line with this word or one that gives up hope, or all."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if word in line or "does not answer yet" in line:
                break
        return "".join(self.lines)

    def press_control_c(self) -> None:
        # A terminal tells everybody in its foreground process group.
        os.killpg(self.process.pid, signal.SIGINT)

    def __enter__(self) -> "MakeDev":
        return self

    def __exit__(self, *_: object) -> None:
        self.limit.cancel()
        self.process.kill()
        self.process.communicate()


def test_make_dev_starts_everything_and_leaves_nothing(project: Path) -> None:
    port = str(free_port())
    with MakeDev(project, PORT=port) as first:
        said = first.read_until("Ctrl-C")
        assert_a_newcomer_gets_in(said)
        children = running_in(project) - {first.process.pid}
        assert len(children) >= 4
        assert all(os.getsid(child) != first.process.pid for child in children)
        first.process.kill()
    wait_until_empty(project)

    with MakeDev(project, PORT=port) as second:
        again = second.read_until("Ctrl-C")
        assert_a_newcomer_gets_in(again)
        assert found(r"Database +(\S+)", again) == found(r"Database +(\S+)", said)
        assert_a_third_is_told_what_is_in_use(project, port)
        assert_make_admin_finds_the_database(project)
        second.press_control_c()
        assert "Nothing is left running" in second.read_until("Nothing is left running")
        assert second.process.wait(15) == 0
        assert not running_in(project)


def assert_a_newcomer_gets_in(said: str) -> None:
    docs, api = found(r"Docs page +(\S+)", said), found(r"API  +(\S+)", said)
    assert httpx.get(docs).status_code == 200
    me = httpx.get(
        f"{api}/users/me", headers={"Authorization": f"Bearer {found('TOKEN=(.+)', said)}"}
    )
    assert me.json()["id"] == str(ALICE.id)
    assert ALICE.email in said


def assert_a_third_is_told_what_is_in_use(project: Path, port: str) -> None:
    with MakeDev(project, PORT=port) as run:
        said = run.read_until("end")
        assert f"Port {port} is taken" in said
        assert "make dev PORT=" in said
        assert "Traceback" not in said
        assert run.process.wait() == 1
    with MakeDev(project, PORT=str(free_port())) as run:
        said = run.read_until("end")
        assert "in use (process" in said
        assert run.process.wait() == 1


def assert_make_admin_finds_the_database(project: Path) -> None:
    command = [sys.executable, "-m", "dev.make_admin", ALICE.email]
    without = {name: value for name, value in os.environ.items() if "_URL" not in name}
    done = subprocess.run(
        command, cwd=project, env=without, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{ALICE.email} is an administrator from now on.\n"


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, text
    return match[1]


def test_a_setting_that_cannot_be_read_is_named_without_its_value(project: Path) -> None:
    with MakeDev(project, PORT=str(free_port()), DATABASE_POOL_SIZE="many-secrets") as run:
        said = run.read_until("end of output")
        assert "DATABASE_POOL_SIZE" in said
        assert "many-secrets" not in said
        assert "Traceback" not in said
        assert run.process.wait() == 2
    assert not (project / ".local").exists()
