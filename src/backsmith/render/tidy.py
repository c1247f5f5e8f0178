"""Lays out rendered Python as ruff does: imports sorted, none too many, lines wrapped.

One run over all files together, so that it costs the same for one resource as for fifty. The
version of ruff is part of what a version of Backsmith renders, and no configuration but this one
is looked at.
"""

import json
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
MARK = "# noqa: {code} (a word of the design, no secret)"
"""What is said where a field, a role or a value is called `token` or `password`."""

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
        _tell_of_no_secrets(folder)
        return {path: (folder / path).read_text(encoding="utf-8") for path in files}


def _tell_of_no_secrets(folder: Path) -> None:
    """Say so on each line that reads as if it held a password; tests may hold them anyway."""
    options = ["--select=S105,S106,S107", "--exclude=app/tests", "--exit-zero"]
    for found in json.loads(_ruff(folder, "check", *options, "--output-format=json")):
        file = Path(found["filename"])
        lines = file.read_text(encoding="utf-8").split("\n")
        at = found["location"]["row"] - 1
        lines[at] = f"{lines[at]}  {MARK.format(code=found['code'])}"
        file.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _ruff(folder: Path, verb: str, *options: str) -> str:
    command = [sys.executable, "-m", "ruff", verb, *OPTIONS, *options, "."]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"ruff {verb} refused what was rendered:\n{run.stdout}{run.stderr}")
    return run.stdout
