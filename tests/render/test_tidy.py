"""What is rendered passes the project's own linter, whatever the words of a design."""

import subprocess
import sys
from pathlib import Path

from .projects import build

SECRETS = """\
backsmith: 1
name: keys
roles: [token, secret]
enums:
  Kind: [password, token]
resources:
  User: {fields: {secret: "string? private", passwd: "string ..40 =hidden"}}
  Box:
    fields:
      token: string =abc filter sort
      secret: string private =none
      password: Kind =token filter
      pwd: text =abc search
    access: {read: [public if password=token, token, secret], write: [token, secret]}
"""


def test_words_that_sound_like_secrets_are_taken_for_what_they_are(tmp_path: Path) -> None:
    file = tmp_path / "backsmith.yml"
    file.write_text(SECRETS, encoding="utf-8")
    project = build(file, tmp_path)

    for command in (["check", "-q"], ["format", "-q", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
    schema = (project / "app/schemas/box.py").read_text(encoding="utf-8")
    assert 'token: Token = "abc"  # noqa: S105 (a word of the design, no secret)' in schema
