"""Locks that die with whoever holds them, so that no file left behind can deceive."""

import fcntl
import os
from pathlib import Path


class Lock:
    """A file that one process holds, alone or with the children it hands the descriptor to.

    The system lets go of it when the last of them ends, however it ends. The file says their
    process id, which can be believed for as long as the lock is held.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> "Lock | None":
        """Take the lock, or return None if somebody holds it."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        os.ftruncate(descriptor, 0)
        return cls(descriptor)

    def sign(self, process_id: int) -> None:
        os.pwrite(self.descriptor, str(process_id).encode(), 0)

    def close(self) -> None:
        os.close(self.descriptor)


def holder(path: Path) -> int | None:
    """Say which process signed a lock."""
    text = path.read_text() if path.exists() else ""
    return int(text) if text.isdigit() else None
