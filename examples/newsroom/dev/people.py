"""The people who can log in to a developer's database: those of the tests, with their ids."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import User
from app.tests.people import EVERYBODY, KNOWN_SINCE

PASSWORD_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$"  # noqa: S105 (of a password that everybody knows)
    "ZXMCWml5zSad5hlVPPRGJg$D65jsITDfgrBBESX8h/mXDvEKUU+sxxapjvbwaDxjvc"
)
"""The hash of the password of the tests, so that `make dev` waits for none."""


async def add_people(session: AsyncSession) -> bool:
    """Add the demo people who are not there yet; never beside people of another kind.

    Their password is known to everybody, and one of them is an administrator: a database with
    accounts, but none of theirs, is somebody's real one.
    """
    demo = {person.id for person in EVERYBODY}
    if await _somebody(session) and not await _somebody(session, User.id.in_(demo)):
        return False
    rows = [
        {
            "id": person.id,
            "email": person.email,
            "password_hash": PASSWORD_HASH,
            "email_verified_at": KNOWN_SINCE,
            "role_names": [role.value for role in person.roles],
        }
        for person in EVERYBODY
    ]
    await session.execute(insert(User).on_conflict_do_nothing(), rows)
    return True


async def _somebody(session: AsyncSession, *conditions: ColumnElement[bool]) -> bool:
    found = await session.scalar(select(User.id).where(*conditions).limit(1))
    return found is not None
