"""Two administrators who act at the same moment."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import update

from app.core.actor import Actor, Role
from app.core.errors import Forbidden
from app.db.database import Database
from app.models import User
from app.repositories.session import SessionRepository
from app.repositories.user import UserRepository
from app.schemas.user_admin import UserAdminUpdate
from app.services.user_admin import UserAdminService
from app.tests.people import ADMIN, ALICE

ALICE_TOO = Actor(ALICE.id, frozenset({Role.ADMIN}), ALICE.session)


async def demote(database: Database, actor: Actor, other: Actor) -> None:
    async with database.writes() as session:
        service = UserAdminService(UserRepository(session), SessionRepository(session))
        await service.update(actor, other.id, UserAdminUpdate(roles=[]))


@pytest.fixture
async def admins(database: Database) -> Sequence[Actor]:
    async with database.apart() as session:
        await session.execute(update(User).where(User.id == ALICE.id).values(role_names=["admin"]))
    return (ADMIN.actor, ALICE_TOO)


async def test_two_who_demote_each_other_leave_one(
    database: Database, admins: Sequence[Actor]
) -> None:
    one, other = admins

    ended = await asyncio.gather(
        demote(database, one, other), demote(database, other, one), return_exceptions=True
    )

    assert [type(each) for each in ended if each] == [Forbidden]
    async with database.reads() as session:
        left = [await session.get_one(User, actor.id) for actor in admins]
        assert sorted(user.role_names for user in left) == [[], ["admin"]]


@pytest.mark.parametrize("change", [{"active": False}, {"role_names": []}], ids=["out", "demoted"])
async def test_who_was_an_administrator_a_moment_ago_is_none(
    database: Database, admins: Sequence[Actor], change: dict[str, object]
) -> None:
    one, other = admins
    async with database.apart() as session:
        await session.execute(update(User).where(User.id == one.id).values(change))

    with pytest.raises(Forbidden):
        await demote(database, one, other)
