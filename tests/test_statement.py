"""What is said about ASVS 5.0 is whole, counted, and shown by tests that exist."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
STATEMENT = ROOT / "docs/security/asvs.md"
STANDARD = ROOT / "tests/asvs-5.0.0.txt"
"""The levels of the standard's items: those of a section in a line, in their order."""
TESTS = ROOT / "backend/app/tests"
A_TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
A_LINK = re.compile(r"\]\((\.\./[\w./-]+)\)")
A_ROW = re.compile(
    r"^\| (\d+\.\d+)\.(\d+)(?:-(\d+))? \| L(\d) \| ([\w' ]+) \| .+? \|(.*)\|$", re.MULTILINE
)
A_COUNT = re.compile(r"^\| ([\w' ]+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
JUDGED_WHOLLY = {"6", "7", "8", "9", "10", "17"}
ANSWERS = {"holds", "doesn't hold", "not shown", "the front end's", "doesn't apply"}


def levels() -> dict[str, str]:
    """What level each item of the standard is of."""
    sections = (line.split(": ") for line in STANDARD.read_text().splitlines())
    return {
        f"{section}.{number}": level
        for section, items in sections
        for number, level in enumerate(items.split(), 1)
    }


def rows() -> list[tuple[str, str, str, str]]:
    """Each item of the page with its level, the answer, and what shows it."""
    return [
        (f"{section}.{number}", level, answer, shown)
        for section, first, last, level, answer, shown in A_ROW.findall(STATEMENT.read_text())
        for number in range(int(first), int(last or first) + 1)
    ]


def test_the_standard_has_as_many_items_as_it_says() -> None:
    assert Counter(levels().values()) == {"1": 70, "2": 183, "3": 92}


def test_each_item_is_answered_once_with_its_level() -> None:
    known, told = levels(), rows()
    items = [item for item, *_ in told]

    assert [item for item, count in Counter(items).items() if count > 1] == []
    assert [row for row in told if known.get(row[0]) != row[1] or row[2] not in ANSWERS] == []
    asked = {item for item, level in known.items() if level in "12"}
    assert {item for item in asked if item.split(".")[0] in JUDGED_WHOLLY} <= {*items}


def test_what_holds_is_shown_by_a_test_or_stands_in_a_document() -> None:
    claims = [row for row in rows() if row[2] == "holds"]

    assert claims
    assert [row for row in claims if not A_TEST.search(row[3]) and not A_LINK.search(row[3])] == []


def test_the_counts_are_right() -> None:
    known = levels()
    told = Counter((answer, level) for _, level, answer, _ in rows())
    for level in "12":
        open_ones = {item for item in known if known[item] == level} - {row[0] for row in rows()}
        told["not judged yet", level] = len(open_ones)

    counts = {answer: (one, two) for answer, one, two in A_COUNT.findall(STATEMENT.read_text())}
    assert counts == {
        answer: (str(told[answer, "1"]), str(told[answer, "2"]))
        for answer in ANSWERS | {"not judged yet"}
    }


def test_each_test_and_document_that_it_names_exists() -> None:
    page = STATEMENT.read_text()

    assert len(A_TEST.findall(page)) > 20
    missing = [f"{path}::{name}" for path, name in A_TEST.findall(page) if not exists(path, name)]
    assert missing == []
    links = A_LINK.findall(page)
    assert [link for link in links if not (STATEMENT.parent / link).exists()] == []


def exists(path: str, name: str) -> bool:
    file = TESTS / path
    return (
        file.is_file() and re.search(rf"^(async )?def {name}\(", file.read_text(), re.M) is not None
    )
