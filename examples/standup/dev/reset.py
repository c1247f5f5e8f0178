"""`make reset`: a developer's data begin anew at the next `make dev`."""

import shutil
import sys
from pathlib import Path

from dev.account import servers_account
from dev.lock import Lock, holder
from dev.migrations import BACKEND
from dev.place import place_for
from dev.terminal import complain, say
from dev.trouble import Trouble


def main() -> int:
    try:
        reset(BACKEND / ".local")
    except Trouble as trouble:
        complain(str(trouble))
        return 1
    say("The data of `make dev` are gone; its next start fills new ones in.")
    return 0


def reset(folder: Path) -> None:
    """Delete the mails of a folder, and what its servers keep, unless they are in use."""
    place = place_for(folder, servers_account())
    lock = Lock.take(place / "lock")
    if lock is None:
        raise Trouble(
            f"The servers in {place} are in use (process {holder(place / 'lock')}).\n"
            "Stop what runs there first, with Ctrl-C in its terminal."
        )
    try:
        for server in ("postgres", "valkey"):
            shutil.rmtree(place / server, ignore_errors=True)
        shutil.rmtree(folder / "mail", ignore_errors=True)
    finally:
        lock.close()


if __name__ == "__main__":
    sys.exit(main())
