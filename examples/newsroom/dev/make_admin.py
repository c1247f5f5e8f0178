"""`make admin`: the first administrator, of the database that runs here or of one that is named."""

import os
import sys
from pathlib import Path

from app.commands import make_admin
from app.core.config import SettingsInvalid, read_settings
from dev.migrations import BACKEND
from dev.services import running_database
from dev.terminal import complain
from dev.trouble import Trouble

WHO = "Say who, by the address of their account: make admin EMAIL=you@example.org"
WHERE = """\
Which database? `make dev` does not run here, and DATABASE_URL is not set.
Start `make dev` in another terminal, and type the same again. For a database elsewhere:
  DATABASE_URL=postgresql://... make admin EMAIL={email}"""


def main(email: str, folder: Path = BACKEND / ".local") -> int:
    if not email:
        complain(WHO)
        return 2
    try:
        if not choose_database(folder):
            complain(WHERE.format(email=email))
            return 2
    except (Trouble, SettingsInvalid) as error:
        complain(str(error))
        return 2
    return make_admin.main([email])


def choose_database(folder: Path) -> bool:
    """Take the database that the environment or `.env` names, or else the one that runs here."""
    given = os.environ.get("DATABASE_URL")
    local = running_database(folder)
    if (given and given != local) or os.environ.get("ENVIRONMENT", "development") != "development":
        return True
    os.environ["ENVIRONMENT"] = "development"
    if local:
        os.environ["DATABASE_URL"] = local
    return bool(read_settings().database.url.get_secret_value())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].strip() if len(sys.argv) > 1 else ""))
