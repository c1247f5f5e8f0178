"""The terminal: lines to it, and signals from it."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

ENOUGH = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StoppedError(BaseException):
    """Somebody has had enough: Ctrl-C, or a friendly kill. No failure, so nobody may catch it."""


def say(text: str = "") -> None:
    print(text, flush=True)  # noqa: T201 (the one place that prints what was asked for)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 (and the one for what went wrong)


def bold(text: str) -> str:
    return _styled(text, "1", sys.stdout)


def red(text: str) -> str:
    return _styled(text, "31", sys.stderr)


def speak_plainly() -> None:
    """Let no character stop us that the terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def one_stop() -> Iterator[None]:
    """Raise StoppedError at the first signal to end; cleaning up is not to be interrupted."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in caught:
            signal.signal(each, signal.SIG_IGN)
        raise StoppedError

    caught = [each for each in ENOUGH if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, stop) for each in caught}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _styled(text: str, code: str, stream: TextIO) -> str:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty()
    return text if plain else f"\x1b[{code}m{text}\x1b[0m"
