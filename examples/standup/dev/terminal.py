"""The terminal: lines to it, and signals from it."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

ENOUGH = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def say(text: str = "") -> None:
    # The terminal may be gone, and what runs must be stopped all the same.
    with suppress(OSError):
        print(text, flush=True)


def complain(text: str) -> None:
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


@contextmanager
def one_interrupt() -> Iterator[None]:
    """Turn the first signal to end into KeyboardInterrupt; stopping is not to be interrupted."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for each in caught:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    hung_up_before = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN  # as `nohup` does
    caught = [each for each in ENOUGH if each is not signal.SIGHUP or not hung_up_before]
    before = {each: signal.signal(each, interrupt) for each in caught}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
