"""Folders that appear whole, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from backsmith.project.errors import CannotRunError


def refuse_if_taken(folder: Path) -> None:
    """Accept what isn't there, or is an empty folder."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CannotRunError(f"{folder} is there already, and is no folder. Choose another name.")
    if folder.is_dir() and any(folder.iterdir()):
        raise CannotRunError(f"The folder {folder} is not empty. Choose another name, or empty it.")


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Lend a folder beside the target, on the same disk; what is still there at the end goes."""
    try:
        lent = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise CannotRunError(
            f"Nothing can be written in {target.parent}: {error.strerror}."
        ) from None
    try:
        with owner_may_all():
            folder = lent / target.name
            folder.mkdir()
            yield folder
    except OSError as error:
        raise CannotRunError(f"{target} could not be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(lent, ignore_errors=True)


@contextmanager
def owner_may_all() -> Iterator[None]:
    """Ease a umask that would keep us from what we have just made."""
    before = os.umask(0o077)
    os.umask(before & 0o077)
    try:
        yield
    finally:
        os.umask(before)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
