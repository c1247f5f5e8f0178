from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from app.core.actor import Actor, Role
from app.core.directory import Directory
from app.core.security.outside_tokens import OutsideClaims
from app.core.security.tokens import TokenInvalid
from app.models import User, UserIdentity
from app.repositories.user import UserRepository
from app.repositories.user_identity import UserIdentityRepository
from app.services.user_identity import AccountLinkRequired, IdentityDesk, UserIdentityService
from app.tests.people import ALICE

ISSUER = "https://auth.test"
CLAIMS = OutsideClaims(ISSUER, "1", ALICE.email, email_verified=True)
LINKING = frozenset({ISSUER})


class Office:
    """Repositories that do nothing, and a count of the desks that are open."""

    def __init__(self) -> None:
        self.users = create_autospec(UserRepository, instance=True)
        self.users.lock_by_email.return_value = None
        self.users.open_elsewhere.return_value = ALICE.id
        self.identities = create_autospec(UserIdentityRepository, instance=True)
        self.identities.of.return_value = None
        self.identities.take.return_value = uuid4()
        self.open = 0

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[IdentityDesk]:
        self.open += 1
        yield IdentityDesk(self.users, self.identities)
        self.open -= 1


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def people(office: Office) -> UserIdentityService:
    return UserIdentityService(office.desk, office.desk, Directory(Redis(), longest=0), LINKING)


def known(**changes: Any) -> UserIdentity:
    values: dict[str, Any] = {"id": ALICE.id, "role_names": [], "active": True}
    return UserIdentity(user=User(**values | changes))


async def test_somebody_known_is_who_they_were_and_nothing_is_written(
    people: UserIdentityService, office: Office
) -> None:
    office.identities.of.return_value = known(role_names=["admin"])

    assert await people.actor(CLAIMS) == Actor(ALICE.id, frozenset({Role.ADMIN}))

    office.identities.of.assert_awaited_once_with(ISSUER, "1")
    office.identities.take.assert_not_awaited()


async def test_somebody_new_gets_an_account_of_their_own(
    people: UserIdentityService, office: Office
) -> None:
    office.identities.of.side_effect = [None, known()]

    assert await people.actor(CLAIMS) == Actor(ALICE.id)

    taken = office.identities.take
    taken.assert_awaited_once_with(ISSUER, "1")
    office.identities.give.assert_awaited_once_with(taken.return_value, ALICE.id)


async def test_whoever_comes_second_finds_the_account_that_the_first_one_made(
    people: UserIdentityService, office: Office
) -> None:
    office.identities.take.return_value = None
    office.identities.of.side_effect = [None, known()]

    assert await people.actor(CLAIMS) == Actor(ALICE.id)
    office.users.open_elsewhere.assert_not_awaited()


@pytest.mark.parametrize(
    ("email", "verified", "kept"),
    [
        ("Carol@Example.com", True, "carol@example.com"),
        ("carol@example.com", False, None),
        ("no address", True, None),
        (None, True, None),
    ],
)
async def test_an_address_is_kept_once_it_was_verified(
    people: UserIdentityService,
    office: Office,
    email: str | None,
    verified: bool,
    kept: str | None,
) -> None:
    office.identities.of.side_effect = [None, known()]

    await people.actor(OutsideClaims(ISSUER, "1", email, email_verified=verified))

    office.users.open_elsewhere.assert_awaited_once_with(kept)


@pytest.mark.parametrize(
    ("issuer", "there", "here"),
    [(ISSUER, False, True), (ISSUER, True, False), ("https://other.test", True, True)],
)
async def test_an_account_is_somebodys_by_its_address_only_if_all_agree(
    people: UserIdentityService, office: Office, issuer: str, there: bool, here: bool
) -> None:
    since = datetime.now(UTC) if here else None
    office.users.lock_by_email.return_value = User(id=ALICE.id, email_verified_at=since)

    with pytest.raises(AccountLinkRequired):
        await people.actor(OutsideClaims(issuer, "1", ALICE.email, email_verified=there))

    office.users.lock_by_email.assert_awaited_once_with(ALICE.email)
    office.users.open_elsewhere.assert_not_awaited()
    office.identities.give.assert_not_awaited()


async def test_an_account_is_linked_where_all_agree(
    people: UserIdentityService, office: Office
) -> None:
    holder = User(id=ALICE.id, email_verified_at=datetime.now(UTC))
    office.users.lock_by_email.return_value = holder
    office.identities.of.side_effect = [None, known()]

    assert await people.actor(CLAIMS) == Actor(ALICE.id)

    office.users.open_elsewhere.assert_not_awaited()
    office.identities.give.assert_awaited_once_with(office.identities.take.return_value, ALICE.id)


async def test_whoever_takes_an_address_meanwhile_has_it(
    people: UserIdentityService, office: Office
) -> None:
    office.users.open_elsewhere.return_value = None

    with pytest.raises(AccountLinkRequired):
        await people.actor(CLAIMS)
    office.identities.give.assert_not_awaited()


@pytest.mark.parametrize(
    "identity", [known(active=False), UserIdentity(user=None)], ids=["inactive", "deleted"]
)
async def test_whoever_may_not_sign_in_is_nobody(
    people: UserIdentityService, office: Office, identity: UserIdentity
) -> None:
    office.identities.of.return_value = identity

    with pytest.raises(TokenInvalid):
        await people.actor(CLAIMS)
    office.identities.take.assert_not_awaited()
