import os
from pathlib import Path

import pytest

from backsmith.project.errors import CannotRunError
from backsmith.project.files import replace, with_line_ends


def test_a_file_keeps_its_mode_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(b"old")
    file.chmod(0o640)

    replace(file, b"new")

    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_goes_on_to_point_to_the_file(tmp_path: Path) -> None:
    file, link = tmp_path / "a.yml", tmp_path / "b.yml"
    file.write_bytes(b"old")
    link.symlink_to(file)

    replace(link, b"new")

    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_what_cannot_be_written_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "a.yml"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(CannotRunError, match=r"a.yml can't be written: No space left"):
        replace(file, b"new")

    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("like", "data"),
    [
        (b"a\nb\n", b"x\ny\n"),
        (b"a\r\nb\r\n", b"x\r\ny\r\n"),
        (b"a\r\nb\nc\n", b"x\ny\n"),
        (b"\xef\xbb\xbfa\r\n", b"\xef\xbb\xbfx\r\ny\r\n"),
        (b"", b"x\ny\n"),
    ],
)
def test_line_ends_stay_as_the_file_has_them(like: bytes, data: bytes) -> None:
    assert with_line_ends("x\ny\n", like) == data
