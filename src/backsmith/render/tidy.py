"""Lays out rendered Python as ruff does: imports sorted, none too many, lines wrapped.

One run over all files together, so that it costs the same for one resource as for fifty. The
version of ruff is part of what a version of Backsmith renders, and no configuration but this one
is looked at.
"""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

OPTIONS = [
    "--isolated",
    "--no-cache",
    "--quiet",
    "--target-version",
    "py311",
    "--line-length",
    "100",
]
FIRST_PARTY = "lint.isort.known-first-party = ['app', 'dev']"


def tidy(files: Mapping[str, str]) -> dict[str, str]:
    """Lay out these files, given and returned as text by path."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        # In this order: an import list that was wrapped stays wrapped although names leave it.
        _ruff(folder, "check", "--select=F401", "--fix")
        _ruff(folder, "check", "--select=I,RUF022", "--fix", "--config", FIRST_PARTY)
        _ruff(folder, "format")
        return {path: (folder / path).read_text(encoding="utf-8") for path in files}


def _ruff(folder: Path, verb: str, *options: str) -> None:
    command = [sys.executable, "-m", "ruff", verb, *OPTIONS, *options, "."]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"ruff {verb} refused what was rendered:\n{run.stdout}{run.stderr}")
