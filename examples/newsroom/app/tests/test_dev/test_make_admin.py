"""Which database `make admin` looks into; the command itself is tested beside its own module."""

import os
from pathlib import Path

import pytest

from app.commands import make_admin as command
from dev import make_admin

HERE, THERE = "postgresql://127.0.0.1:5432/here", "postgresql://db.example.org/there"
EMAIL = "you@example.org"


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Whom the command was asked to promote, in an environment that says nothing."""
    asked: list[str] = []

    def main(arguments: list[str]) -> int:
        asked.extend(arguments)
        return 0

    for name in ("ENVIRONMENT", "DATABASE_URL"):
        monkeypatch.setenv(name, "")  # so that it is as before when the test is over
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "main", main)
    runs(monkeypatch, None)
    return asked


def runs(monkeypatch: pytest.MonkeyPatch, url: str | None) -> None:
    monkeypatch.setattr(make_admin, "running_database", lambda _: url)


def environment() -> tuple[str | None, str | None]:
    return os.environ.get("ENVIRONMENT"), os.environ.get("DATABASE_URL")


def test_without_an_address_it_says_what_to_type(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_admin.main("") == 2
    assert "make admin EMAIL=you@example.org" in capsys.readouterr().err
    assert asked == []


def test_without_a_database_it_says_what_to_type(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_admin.main(EMAIL) == 2
    said = capsys.readouterr().err
    assert "Start `make dev`" in said
    assert f"DATABASE_URL=postgresql://... make admin EMAIL={EMAIL}" in said
    assert asked == []


def test_the_database_of_make_dev_is_found(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(monkeypatch, HERE)

    assert make_admin.main(EMAIL) == 0
    assert asked == [EMAIL]
    assert environment() == ("development", HERE)


def test_the_database_of_make_dev_may_be_named_as_well(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(monkeypatch, HERE)
    monkeypatch.setenv("DATABASE_URL", HERE)

    assert make_admin.main(EMAIL) == 0
    assert environment() == ("development", HERE)


def test_a_database_of_ones_own_in_env_is_taken(asked: list[str], tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"DATABASE_URL={THERE}\n")

    assert make_admin.main(EMAIL) == 0
    assert environment() == ("development", None)


@pytest.mark.parametrize("name", ["DATABASE_URL", "ENVIRONMENT"])
def test_what_the_environment_names_wins(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    runs(monkeypatch, HERE)
    monkeypatch.setenv(name, {"DATABASE_URL": THERE, "ENVIRONMENT": "staging"}[name])

    assert make_admin.main(EMAIL) == 0
    assert asked == [EMAIL]
    assert environment() in ((None, THERE), ("staging", None))


def test_a_setting_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_POOL_SIZE", "many")

    assert make_admin.main(EMAIL) == 2
    assert "DATABASE_POOL_SIZE" in capsys.readouterr().err
