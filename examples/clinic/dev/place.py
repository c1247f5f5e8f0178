"""Where local servers keep their data."""

from hashlib import sha256
from pathlib import Path

from dev.account import Account
from dev.trouble import Trouble

ELSEWHERE = Path("/var/lib/local-services")
"""For root alone, and kept through restarts of the machine, as temporary folders are not."""


def place_for(folder: Path, account: Account | None) -> Path:
    """Make the folder, or, where the servers' user cannot enter it, one that stands for it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711 if account else 0o700)
    except PermissionError as error:
        raise Trouble(
            f"{folder} is not yours to write to; its owner is user {owner(folder)}.\n"
            "Go on as that user, or delete the folder to begin anew."
        ) from error
    if account is None or account.can_enter(folder):
        return folder
    key = sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    place = ELSEWHERE / key
    place.mkdir(mode=0o711, parents=True, exist_ok=True)
    (place / "stands-for").write_text(f"{folder.resolve()}\n")
    return place


def owner(folder: Path) -> int:
    """Say whose a folder is, or the nearest one above it that is there."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return there.stat().st_uid
