from uuid import uuid4

from sqlalchemy import delete, func, select

from app.db.database import Database
from app.models import User
from app.tests.people import ADMIN, EVERYBODY
from dev.people import add_people


async def test_demo_people_are_added_once_with_their_ids_and_roles(database: Database) -> None:
    async with database.apart() as session:
        await session.execute(delete(User))
        assert await add_people(session)
        await session.execute(delete(User).where(User.id != ADMIN.id))
        assert await add_people(session)

        assert set(await session.scalars(select(User.id))) == {person.id for person in EVERYBODY}
        admin = await session.get_one(User, ADMIN.id)
        assert admin.role_names == ["admin"]
        assert admin.email_verified


async def test_demo_people_never_come_to_a_database_with_people_of_its_own(
    database: Database,
) -> None:
    async with database.apart() as session:
        await session.execute(delete(User))
        session.add(User(id=uuid4(), email="real@example.org", password_hash="x"))
        await session.flush()

        assert not await add_people(session)
        assert await session.scalar(select(func.count(User.id))) == 1
