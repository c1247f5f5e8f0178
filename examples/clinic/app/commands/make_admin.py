"""Makes somebody an administrator: `python -m app.commands.make_admin EMAIL`.

Exit codes: 0 done, 1 no account whose address is confirmed or no database, 2 wrong usage or
settings.
"""

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import AsyncExitStack

from sqlalchemy.exc import DBAPIError

from app.core.config import Settings, SettingsInvalid, read_settings
from app.core.directory import Directory, StandingChanged
from app.core.logging import configure_logging
from app.core.redis import open_redis
from app.db.database import DatabaseAway, open_database
from app.repositories.user import UserRepository
from app.services.user import EmailUnverified, UserNotFound, UserService

PLAIN = "If it is a developer's database, which speaks no TLS, say so: ENVIRONMENT=development."


def main(arguments: Sequence[str] | None = None) -> int:
    """Read arguments, do it, and say how it went."""
    parser = ArgumentParser(
        prog="python -m app.commands.make_admin",
        description="Give somebody who has an account the role `admin`.",
    )
    parser.add_argument("email", help="the address that they sign in with")
    email = parser.parse_args(arguments).email
    try:
        settings = read_settings()
        if not settings.database.url.get_secret_value():
            raise SettingsInvalid(["DATABASE_URL is not set."])
        configure_logging(settings.log)
        asyncio.run(make_admin(settings, email))
    except SettingsInvalid as error:
        return _fail(2, f"The settings are not fit for this:\n{error}")
    except UserNotFound:
        return _fail(1, f"Nobody has an account with the address {email}; sign up with it first.")
    except EmailUnverified:
        return _fail(1, f"{email} has not been confirmed yet. {EmailUnverified.detail}")
    except DatabaseAway as error:
        hint = f"\n{PLAIN}" if settings.https_only else ""
        return _fail(1, f"The database does not answer ({error.__cause__}).{hint}")
    except DBAPIError as error:
        return _fail(1, f"The database refuses: {error.orig}.")
    print(f"{email} is an administrator from now on.")  # noqa: T201 (a command speaks)
    return 0


async def make_admin(settings: Settings, email: str) -> None:
    """Change the account, and tell the processes of the application, where Redis can reach them.

    Those that don't hear of it know within `TOKENS_KNOWN_SECONDS`.
    """
    async with AsyncExitStack() as stack:
        database = open_database(settings.database, verified=settings.https_only)
        stack.push_async_callback(database.close)
        if settings.redis.url.get_secret_value():
            redis = await stack.enter_async_context(open_redis(settings.redis))
            directory = Directory(redis, longest=settings.tokens.known_seconds)
            stack.push_async_callback(directory.close)
            database.listeners.add(StandingChanged, directory.forget)
        async with database.writes() as session:
            await UserService(UserRepository(session)).make_admin(email)


def _fail(code: int, message: str) -> int:
    print(message, file=sys.stderr)  # noqa: T201 (a command speaks)
    return code


if __name__ == "__main__":
    sys.exit(main())
