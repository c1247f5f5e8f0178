import traceback
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from dev.trouble import Trouble

BACKEND = Path(__file__).parents[1]
NOT_LET_IN = (
    "The database cannot be reached: {reason}\n"
    "Put DATABASE_URL right; or unset it, here and in .env, to get a database of your own."
)
NOT_MIGRATED = (
    "{reason}\nThe database could not be migrated; the reason is above. "
    "Put the revision in app/db/migrations/versions/ right, and start again."
)


def migrate() -> None:
    """Bring the database that the environment names to what the models say.

    As `alembic upgrade head` does, but in this process, which is a second quicker.
    """
    try:
        command.upgrade(Config(toml_file=BACKEND / "pyproject.toml"), "head")
    except OSError as error:
        raise Trouble(NOT_LET_IN.format(reason=error)) from error
    except Exception as error:
        if isinstance(error, DBAPIError) and error.statement is None:
            raise Trouble(NOT_LET_IN.format(reason=error.orig)) from error
        raise Trouble(NOT_MIGRATED.format(reason=traceback.format_exc())) from error
