import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import TypeAlias

import httpx
import pytest

from app.tests.people import ALICE, PASSWORD
from app.tests.test_dev.places import folder_for_servers, running_in, wait_until_empty
from dev.__main__ import main
from dev.process import leashed
from dev.server import LOOPBACK, free_port
from dev.services import running_database
from dev.trouble import Trouble

SaidAtOnce: TypeAlias = Callable[..., str]

BACKEND = Path(__file__).parents[3]
LIMIT_SECONDS = 60
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]


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
        assert_a_newcomer_is_sent_a_link(said, first)
        children = running_in(project) - {first.process.pid}
        assert len(children) >= 4
        assert all(os.getsid(child) != first.process.pid for child in children)
        first.process.kill()
    wait_until_empty(project)

    with MakeDev(project, PORT=port) as second:
        again = second.read_until("Ctrl-C")
        assert_a_newcomer_gets_in(again)
        assert found(r"Database +(\S+)", again) == found(r"Database +(\S+)", said)
        assert running_database(project / ".local") == found(r"Database +(\S+)", again)
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


def assert_a_newcomer_is_sent_a_link(said: str, dev: MakeDev) -> None:
    api, folder = found(r"API  +(\S+)", said), found(r"Mail +(\S.+?), and", said)
    login = {"email": "carol@example.com", "password": PASSWORD}
    httpx.post(f"{api}/users", json=login)
    told = dev.read_until("-d '{")

    assert "Mail to carol@example.com: Confirm your address" in told
    assert len(list(Path(folder).glob("*.eml"))) == 1
    assert found(r"(\S+)#verify=", told) == f"{api.partition('/api')[0]}/docs"
    address, body = found(r"curl (\S+)", told.partition("Mail to")[2]), found(r"-d '(.+)'", told)
    headers = {"Content-Type": "application/json"}
    assert httpx.post(address, content=body, headers=headers).status_code == 204
    assert httpx.post(f"{api}/auth/login", json=login).status_code == 200


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, text
    return match[1]


@pytest.fixture
def said_at_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> SaidAtOnce:
    """Type `make dev` where it can't begin, and read why not."""

    def said_at_once(code: int, **environment: str) -> str:
        for name, value in {"ENVIRONMENT": "development", **environment}.items():
            monkeypatch.setenv(name, value)
        assert main() == code
        return capsys.readouterr().err

    monkeypatch.chdir(BACKEND)
    monkeypatch.setattr("dev.__main__.LocalServices", pytest.fail)
    return said_at_once


def test_a_port_that_is_taken_is_told_with_another_one(said_at_once: SaidAtOnce) -> None:
    with socket.create_server((LOOPBACK, 0)) as somebody:
        port = str(somebody.getsockname()[1])
        said = said_at_once(1, PORT=port)

    assert f"Port {port} is taken" in said
    assert "make dev PORT=" in said


def test_a_setting_that_cannot_be_read_is_named_without_its_value(said_at_once: SaidAtOnce) -> None:
    said = said_at_once(2, PORT=str(free_port()), DATABASE_POOL_SIZE="many-secrets")

    assert "DATABASE_POOL_SIZE" in said
    assert "many-secrets" not in said


def test_servers_in_use_are_told(said_at_once: SaidAtOnce, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_use(*_: object, **__: object) -> None:
        raise Trouble("in use (process 1)")

    monkeypatch.setattr("dev.__main__.LocalServices", in_use)

    assert said_at_once(1, PORT=str(free_port())) == "in use (process 1)\n"
