"""`make migration`: writes the revision that takes the tables to what the models say."""

import subprocess
import sys

import pytest
from alembic import command
from alembic.script import Script
from alembic.util import CommandError

from app.tests.servers import start_servers
from dev.revisions import revisions_of
from dev.terminal import complain, say


def main(message: str) -> int:
    if not message.strip():
        complain('Say what it does: make migration MESSAGE="add a phone number to users"')
        return 2
    try:
        with start_servers(), revisions_of() as config:
            written = command.revision(config, message, autogenerate=True)
    except (pytest.UsageError, CommandError) as error:
        complain(str(error))
        return 2
    for script in (each for each in _all(written) if each):
        subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", script.path], check=True)
        say(f"Read it before you use it: {script.path}")
    return 0


def _all(written: Script | list[Script | None] | None) -> list[Script | None]:
    return written if isinstance(written, list) else [written]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
