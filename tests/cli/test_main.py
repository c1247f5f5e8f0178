import os
import pty
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from backsmith import __version__

from .conftest import Backsmith

COMMANDS = ("new", "check", "fmt", "show", "render", "schema")


def test_the_version_is_said(backsmith: Backsmith) -> None:
    assert backsmith("--version").out == f"backsmith {__version__}\n"


def test_help_names_every_command_and_shows_how_to_begin(backsmith: Backsmith) -> None:
    said = backsmith("--help")

    assert said.code == 0
    assert "backsmith new bookshop --design bookshop.yml" in said.out
    assert all(f"  {command} " in said.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_teaches_with_an_example(backsmith: Backsmith, command: str) -> None:
    said = backsmith(command, "--help")

    assert said.code == 0
    assert f"    backsmith {command} " in said.out


def test_a_word_that_is_no_command_is_answered_with_the_nearest(backsmith: Backsmith) -> None:
    said = backsmith("chekc")

    assert said.code == 2
    assert "Did you mean 'check'" in said.err


@pytest.mark.parametrize("command", ["check", "show"])
@pytest.mark.parametrize(
    ("file", "reason"), [("nowhere.yml", "No such file"), (".", "Is a directory")]
)
def test_a_file_that_cannot_be_read_is_said_without_a_traceback(
    backsmith: Backsmith, command: str, file: str, reason: str
) -> None:
    said = backsmith(command, file)

    assert said.code == 2
    assert said.err.startswith(f"{file} can't be read: {reason}")
    assert len(said.err.splitlines()) == 1


def test_a_file_without_end_is_not_read_to_its_end(backsmith: Backsmith) -> None:
    said = backsmith("check", "/dev/zero")

    assert said.code == 2
    assert "too large to be a design" in said.err


def test_colours_are_for_terminals_and_for_those_who_like_them(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("backsmith: 2\n")

    assert b"\x1b[" in on_a_terminal(tmp_path)
    assert b"\x1b[" not in on_a_terminal(tmp_path, NO_COLOR="1")
    assert b"\x1b[" not in on_a_terminal(tmp_path, TERM="dumb")


def test_a_terminal_that_lacks_a_character_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("backsmith: 1\nname: Bücher\n")

    done = subprocess.run(
        [sys.executable, "-m", "backsmith", "check", "bad.yml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (1, b"")
    assert b"B\\xfccher" in done.stdout


@pytest.mark.parametrize("begin", ["script", "module"])
def test_ctrl_c_before_a_command_has_begun_is_silent(tmp_path: Path, begin: str) -> None:
    script = [str(Path(sys.executable).with_name("backsmith"))]
    command = {"script": script, "module": [sys.executable, "-m", "backsmith"]}[begin]
    # Stands in for what is imported first, so that the signal comes in the midst of imports.
    (tmp_path / "typer.py").write_text("import signal\nsignal.raise_signal(signal.SIGINT)\n")

    done = subprocess.run(
        [*command, "check", "bad.yml"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
        # Whoever starts tests in the background lets them ignore the signal.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )

    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


def on_a_terminal(folder: Path, **environment: str) -> bytes:
    ours, theirs = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-m", "backsmith", "check", "bad.yml"],
        cwd=folder,
        env={**plain, "TERM": "xterm", **environment},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    assert process.wait(timeout=20) == 1
    said = os.read(ours, 10_000)
    os.close(ours)
    return said
