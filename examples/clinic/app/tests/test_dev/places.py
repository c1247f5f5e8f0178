"""Folders for servers of one test, and what runs in them."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DEEP = Path(*["a rather long name"] * 7)
"""Longer than the 107 bytes of a Unix socket's address, and with spaces."""


@contextmanager
def folder_for_servers() -> Iterator[Path]:
    """Make a folder that anybody may enter; pytest's own are closed, for root to `nobody` too."""
    with tempfile.TemporaryDirectory(prefix="servers-") as name:
        Path(name).chmod(0o711)
        folder = Path(name) / DEEP
        folder.mkdir(parents=True)
        yield folder


def running_in(folder: Path) -> set[int]:
    """Find the processes whose working directory is in a folder."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink().is_relative_to(folder):
                found.add(int(process.name))
    return found


def owners_in(folder: Path) -> set[int]:
    """Find the users whose processes run in a folder; some end while we look."""
    owners = set()
    for process in running_in(folder):
        with suppress(FileNotFoundError):
            owners.add(Path(f"/proc/{process}").stat().st_uid)
    return owners


def wait_until_empty(folder: Path) -> None:
    deadline = time.monotonic() + 10
    while running_in(folder):
        assert time.monotonic() < deadline, "something still runs"
        time.sleep(0.02)
