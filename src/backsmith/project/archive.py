"""A tree of text files as one text file, in the txtar format: `-- path --`, then the file.

What stands before the first path is a comment.
"""

import re
from collections.abc import Mapping

_LIKE_A_MARK = re.compile(r"^(\\*-- )", re.MULTILINE)


def archive(files: Mapping[str, bytes], comment: str = "") -> bytes:
    """Put files into one, sorted by path; a line that looks like a mark gets a backslash."""
    parts = [f"-- {path} --\n{_text(path, files[path])}" for path in sorted(files)]
    return "".join([comment, *parts]).encode()


def _text(path: str, data: bytes) -> str:
    text = data.decode()
    if text and not text.endswith("\n"):
        raise ValueError(f"{path} doesn't end with a line break")
    return _LIKE_A_MARK.sub(r"\\\1", text)
