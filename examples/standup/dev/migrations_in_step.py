"""`make check`: whether the migrations build, one after another, the tables that the models say."""

import sys

import pytest
from alembic import command
from alembic.util import CommandError

from app.tests.servers import start_servers
from dev.revisions import revisions_of
from dev.terminal import complain


def main() -> int:
    try:
        with start_servers(), revisions_of() as config:
            command.check(config)
    except pytest.UsageError as error:
        complain(str(error))
        return 2
    except CommandError as error:
        complain(
            f"The migrations and the models are not in step.\n{error}\n"
            'Write the revision that is missing: make migration MESSAGE="what it does"'
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
