import pytest

from backsmith.project.archive import archive

FILES = {
    "b/c.md": b"# A title\n\nText.\n",
    "a.py": b"",
    "tricks.md": b"-- a.py --\n\\-- a.py --\n --\n--\nplain -- text --\n",
    "d.md": "Ünïcode\n".encode(),
}


def test_files_stand_one_after_another_sorted_by_path() -> None:
    text = archive({"b.md": b"two\n", "a.md": b"one\n"})

    assert text == b"-- a.md --\none\n-- b.md --\ntwo\n"


def test_every_file_can_be_taken_out_again_whatever_it_holds() -> None:
    assert unpacked(archive(FILES)) == FILES


def test_the_order_in_which_files_come_is_no_matter() -> None:
    assert archive(FILES) == archive(dict(reversed(FILES.items())))


def test_a_file_without_a_last_line_break_could_not_be_taken_out_again() -> None:
    with pytest.raises(ValueError, match=r"a\.md"):
        archive({"a.md": b"one"})


def unpacked(text: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for line in text.decode().splitlines(keepends=True):
        if line.startswith("-- "):
            path = line.removeprefix("-- ").removesuffix(" --\n")
            files[path] = b""
        elif line.lstrip("\\").startswith("-- "):
            files[path] += line.removeprefix("\\").encode()
        else:
            files[path] += line.encode()
    return files
