"""Files of people, which change whole or not at all."""

import os
import tempfile
from pathlib import Path

from backsmith.project.errors import CannotRunError


def with_line_ends(text: str, like: bytes) -> bytes:
    """The text with the line ends that the file has had, and its byte order mark."""
    mark = b"\xef\xbb\xbf"
    windows = like.count(b"\r\n") * 2 > like.count(b"\n")
    data = (text.replace("\n", "\r\n") if windows else text).encode()
    return mark + data if like.startswith(mark) else data


def replace(file: Path, data: bytes) -> None:
    """Put `data` in the place of what a file holds; its mode stays, and so do links to it."""
    target = file.resolve()
    try:
        mode = target.stat().st_mode
        number, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        try:
            with os.fdopen(number, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(number)
            Path(name).chmod(mode & 0o7777)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CannotRunError(f"{file} can't be written: {error.strerror}.") from error
