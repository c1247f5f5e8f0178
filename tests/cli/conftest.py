import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from backsmith.cli.main import main

DESIGN = """\
backsmith: 1
name: bookshop
resources:
  Book:
    fields:
      title: string 1..200
    access: {read: public, write: admin}
"""
BAD_DESIGN = DESIGN.replace("string", "strin").replace("public", "pubic")


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


Backsmith: TypeAlias = Callable[..., Said]


@pytest.fixture
def backsmith(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Backsmith:
    """Type a command in an empty folder that holds two designs."""
    (tmp_path / "good.yml").write_text(DESIGN)
    (tmp_path / "bad.yml").write_text(BAD_DESIGN)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["backsmith", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Said(int(ended.value.code or 0), said.out, said.err)

    return run
