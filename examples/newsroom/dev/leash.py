"""Becomes another program, one that ends when its parent does, as another user if need be.

Run as a script by process.py, since Python code between fork and exec is unsafe beside threads.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def become(parent: int, farewell: int, account: str, command: list[str]) -> None:
    if account:
        user, group = map(int, account.split(":"))
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    if sys.platform == "linux":
        # After the change of user, which would clear it; elsewhere the next start sees to it.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, farewell)
        if os.getppid() != parent:
            sys.exit("The parent is gone already.")
    os.execv(command[0], command)  # noqa: S606 (no shell is wanted)


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
