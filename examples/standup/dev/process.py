"""Programs that we start, and that never outlive us."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from dev.account import Account

LEASH = Path(__file__).with_name("leash.py")
PATIENCE = 15.0


def leashed(
    command: Sequence[str | Path], farewell: signal.Signals, account: Account | None = None
) -> list[str]:
    """Put a command on the leash: if we die, it gets the signal that it would have got from us."""
    owner = f"{account.user}:{account.group}" if account else ""
    leash = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), str(int(farewell)), owner]
    return [*leash, *map(str, command)]


class Process:
    """A program in a session of its own, so that Ctrl-C in the terminal reaches only us.

    To be started in the main thread: Linux takes the end of the starting thread for the parent's.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        farewell: signal.Signals,
        *,
        folder: Path,
        environment: Mapping[str, str],
        account: Account | None = None,
        told: str = "",
        output: IO[bytes] | None = None,
        descriptors: Sequence[int] = (),
    ) -> None:
        self._farewell = farewell
        self._popen = subprocess.Popen(
            leashed(command, farewell, account),
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
            pass_fds=descriptors,
        )
        self.id = self._popen.pid
        if self._popen.stdin:
            with suppress(BrokenPipeError), self._popen.stdin as stdin:
                stdin.write(told.encode())

    def ended(self) -> bool:
        return self._popen.poll() is not None

    def stop(self, patience: float = PATIENCE) -> None:
        """Ask the program to end, then make it end, with whatever it started in its session."""
        if not self.ended():
            self._popen.send_signal(self._farewell)
            with suppress(subprocess.TimeoutExpired):
                self._popen.wait(patience)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.id, signal.SIGKILL)
        self._popen.wait()
