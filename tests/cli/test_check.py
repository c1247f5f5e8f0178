from pathlib import Path

from .conftest import Backsmith


def test_a_good_design_has_no_findings_but_says_what_is_assumed(backsmith: Backsmith) -> None:
    said = backsmith("check", "good.yml")

    assert said.code == 0
    assert said.out.endswith("No findings.\n")
    assert "  Line 4: newest first is the order of Book.\n    A list always has" in said.out


def test_every_finding_of_a_bad_design_is_said_with_its_place(backsmith: Backsmith) -> None:
    said = backsmith("check", "bad.yml")

    assert said.code == 1
    assert 'bad.yml:6:14: "strin"' in said.out
    assert 'bad.yml:7:20: "pubic"' in said.out
    assert 'Did you mean "string"?' in said.out
    assert said.out.endswith("2 findings.\n")


def test_one_finding_is_one(backsmith: Backsmith) -> None:
    Path("empty.yml").touch()

    said = backsmith("check", "empty.yml")

    assert said.code == 1
    assert said.out.endswith("1 finding.\n")
