from typing import Any
from unittest.mock import AsyncMock, create_autospec

import pytest

from app.core.actor import Role
from app.models import User
from app.repositories.user import UserRepository
from app.services.user import EmailUnverified, UserNotFound, UserService
from app.tests.people import ALICE, KNOWN_SINCE


@pytest.fixture
def repository() -> Any:
    repository = create_autospec(UserRepository, instance=True)
    repository.shown = AsyncMock(side_effect=lambda user: user)
    return repository


@pytest.fixture
def users(repository: Any) -> UserService:
    return UserService(repository)


async def test_people_are_shown_themselves(users: UserService, repository: Any) -> None:
    alice = repository.by_id.return_value = User(id=ALICE.id)

    assert await users.me(ALICE.actor) is alice
    repository.by_id.assert_awaited_once_with(ALICE.id)


@pytest.mark.parametrize(
    ("before", "after"),
    [([], ["admin"]), (["admin"], ["admin"]), (["editor"], ["admin", "editor"])],
)
async def test_an_administrator_keeps_every_other_role(
    users: UserService, repository: Any, before: list[str], after: list[str]
) -> None:
    user = repository.by_email.return_value = User(role_names=before, email_verified_at=KNOWN_SINCE)

    await users.make_admin("Alice@Example.com")

    repository.by_email.assert_awaited_once_with("alice@example.com")
    repository.change.assert_awaited_once_with(user, {"role_names": after})


async def test_nobody_is_not_found(users: UserService, repository: Any) -> None:
    repository.by_id.return_value = repository.by_email.return_value = None

    with pytest.raises(UserNotFound):
        await users.me(ALICE.actor)
    with pytest.raises(UserNotFound):
        await users.make_admin(ALICE.email)
    repository.change.assert_not_awaited()


async def test_somebody_whose_address_is_not_confirmed_becomes_no_administrator(
    users: UserService, repository: Any
) -> None:
    repository.by_email.return_value = User(role_names=[])

    with pytest.raises(EmailUnverified):
        await users.make_admin(ALICE.email)
    repository.change.assert_not_awaited()


def test_only_roles_that_are_known_grant_anything() -> None:
    user = User(role_names=["admin", "Admin", "king", ""])

    assert user.roles == {Role.ADMIN}
