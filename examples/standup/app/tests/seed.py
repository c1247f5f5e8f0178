"""Puts the people of the tests, and of `make dev`, into a database."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Session, User
from app.tests.people import EVERYBODY, KNOWN_SINCE, PASSWORD_HASH, Person


async def seed_people(session: AsyncSession, people: Sequence[Person] = EVERYBODY) -> None:
    """Give people their accounts, and sessions that are open; those who are there stay."""
    accounts = [
        {
            "id": person.id,
            "email": person.email,
            "password_hash": PASSWORD_HASH,
            "email_verified_at": KNOWN_SINCE,
            "role_names": list(person.roles),
        }
        for person in people
    ]
    await session.execute(insert(User).on_conflict_do_nothing(), accounts)
    in_a_week = datetime.now(UTC) + timedelta(days=7)
    open_sessions = [
        {
            "id": person.session,
            "user_id": person.id,
            "idle_expires_at": in_a_week,
            "expires_at": in_a_week,
        }
        for person in people
    ]
    # Rows beside the statement: it is the same for every test, and so built once.
    await session.execute(insert(Session).on_conflict_do_nothing(), open_sessions)
