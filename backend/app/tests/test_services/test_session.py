from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any
from unittest.mock import AsyncMock, create_autospec
from uuid import uuid4

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from app.core.actor import Actor
from app.core.directory import Ask, Directory
from app.core.errors import Unauthenticated
from app.core.login_place import LoginPlace
from app.core.security.passwords import Checked, Passwords
from app.core.security.tokens import AccessTokens, Claims, TokenInvalid, digest, new_refresh_token
from app.core.settings import TokenSettings
from app.models import RefreshToken, Session, User
from app.repositories.session import LiveSession, SessionRepository
from app.repositories.user import UserRepository
from app.schemas.session import Login
from app.services.login_lane import LoginDelayed, LoginLaneService, Way
from app.services.session import Desk, LoginFailed, RefreshInvalid, SessionService
from app.tests.people import ADMIN, ALICE, BOB, PASSWORD, PASSWORD_HASH

NOW = datetime(2030, 1, 1, tzinfo=UTC)
SETTINGS = TokenSettings(secret=SecretStr("x" * 32))
LOGIN = Login(email=ALICE.email, password=PASSWORD)
WAY = Way(())
PLACE = LoginPlace(ip_address("192.0.2.7"), "Firefox on Linux")


class Office:
    """Two desks, and what is done at them."""

    def __init__(self) -> None:
        self.users: Any = create_autospec(UserRepository, instance=True)
        self.sessions: Any = create_autospec(SessionRepository, instance=True)
        self.sessions.now.return_value = NOW
        self.sessions.save = AsyncMock(side_effect=self._keep)
        self.passwords: Any = create_autospec(Passwords, instance=True)
        self.passwords.check.return_value = Checked(right=True)
        self.lanes: Any = create_autospec(LoginLaneService, instance=True)
        self.lanes.enter.return_value = WAY
        self.open = 0

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        self.open += 1
        yield Desk(self.users, self.sessions)
        self.open -= 1

    async def _keep(self, session: Session) -> Session:
        session.id, session.auth_time = uuid4(), NOW
        return session


@pytest.fixture
def office() -> Office:
    office = Office()
    office.users.by_email.return_value = alice()
    return office


async def ask(_key: str, ask: Ask) -> Actor:
    """Know nobody, and ask each time."""
    return (await ask()).actor


@pytest.fixture
def tokens() -> AccessTokens:
    return AccessTokens(SETTINGS)


@pytest.fixture
def sessions(office: Office, tokens: AccessTokens) -> SessionService:
    directory = create_autospec(Directory, instance=True)
    directory.actor.side_effect = ask
    return SessionService(
        office.desk, office.desk, office.passwords, tokens, SETTINGS, directory, office.lanes
    )


def alice(**changes: Any) -> User:
    values = {
        "id": ALICE.id,
        "active": True,
        "email_verified_at": NOW,
        "role_names": [],
        "password_hash": PASSWORD_HASH,
    }
    return User(**values | changes)


def bob() -> User:
    return alice(id=BOB.id)


def a_session(**changes: Any) -> Session:
    values = {"id": ALICE.session, "user_id": ALICE.id, "auth_time": NOW}
    return Session(**values | {"expires_at": NOW + timedelta(days=30)} | changes)


async def test_a_login_opens_a_session_with_bounds(
    sessions: SessionService, office: Office, tokens: AccessTokens
) -> None:
    pair = await sessions.login(LOGIN, PLACE)

    [opened] = office.sessions.save.await_args.args
    assert (opened.address, opened.device) == (PLACE.address, PLACE.device)
    assert opened.idle_expires_at - NOW == timedelta(days=7)
    assert opened.expires_at - NOW == timedelta(days=30)
    assert tokens.read(pair.access_token) == Claims(user=ALICE.id, session=opened.id)
    office.sessions.add_token.assert_awaited_once_with(opened.id, digest(pair.refresh_token))
    office.users.replace_hash.assert_not_awaited()
    office.sessions.revoke_oldest.assert_awaited_once_with(ALICE.id, "too_many_sessions", keep=20)


async def test_a_login_counts_only_if_nothing_has_changed_since_the_password_was_checked(
    sessions: SessionService, office: Office
) -> None:
    office.users.hold.return_value = False

    with capture_logs() as lines, pytest.raises(LoginFailed):
        await sessions.login(LOGIN, PLACE)

    assert {"event": "login_failed", "user_id": str(ALICE.id), "log_level": "warning"} in lines
    office.users.hold.assert_awaited_once_with(ALICE.id, PASSWORD_HASH)
    office.sessions.save.assert_not_awaited()


async def test_a_try_is_counted_before_a_password_is_looked_at(
    sessions: SessionService, office: Office
) -> None:
    office.lanes.enter.side_effect = LoginDelayed(7)

    with pytest.raises(LoginDelayed):
        await sessions.login(LOGIN, PLACE)

    office.lanes.enter.assert_awaited_once_with(ALICE.email, PLACE)
    office.passwords.check.assert_not_awaited()
    office.lanes.passed.assert_not_awaited()


async def test_a_try_that_was_right_is_taken_back(sessions: SessionService, office: Office) -> None:
    await sessions.login(LOGIN, PLACE)

    office.lanes.passed.assert_awaited_once_with(WAY)


async def test_a_hash_out_of_date_is_replaced(sessions: SessionService, office: Office) -> None:
    office.passwords.check.return_value = Checked(right=True, new_hash="new")

    await sessions.login(LOGIN, PLACE)

    office.users.replace_hash.assert_awaited_once_with(ALICE.id, "new")


async def test_no_connection_waits_for_a_hash(sessions: SessionService, office: Office) -> None:
    async def check(*_: Any) -> Checked:
        assert office.open == 0
        return Checked(right=True)

    office.passwords.check = AsyncMock(side_effect=check)

    await sessions.login(LOGIN, PLACE)

    office.passwords.check.assert_awaited_once_with(PASSWORD, PASSWORD_HASH)


@pytest.mark.parametrize(
    ("user", "checked"),
    [
        (None, Checked(right=False)),
        (None, Checked(right=True)),
        (alice(), Checked(right=False)),
        (alice(), Checked(right=False, new_hash="new")),
        (alice(active=False), Checked(right=True, new_hash="new")),
        (alice(email_verified_at=None), Checked(right=True, new_hash="new")),
    ],
    ids=["nobody", "nobody at all", "wrong", "wrong and old", "shut out", "not confirmed"],
)
async def test_a_failed_login_opens_nothing_and_costs_the_same(
    sessions: SessionService, office: Office, user: User | None, checked: Checked
) -> None:
    office.users.by_email.return_value = user
    office.passwords.check.return_value = checked

    with pytest.raises(LoginFailed):
        await sessions.login(LOGIN, PLACE)

    office.passwords.check.assert_awaited_once_with(PASSWORD, user and PASSWORD_HASH)
    office.lanes.passed.assert_not_awaited()
    office.sessions.save.assert_not_awaited()
    office.users.replace_hash.assert_not_awaited()


async def test_a_refresh_gives_what_the_chain_of_tokens_gives(
    sessions: SessionService, office: Office, tokens: AccessTokens
) -> None:
    office.sessions.token.return_value = RefreshToken(session_id=ALICE.session)
    office.sessions.lock_live.return_value = a_session()

    pair = await sessions.refresh(new_refresh_token())

    assert tokens.read(pair.access_token) == Claims(user=ALICE.id, session=ALICE.session)


async def test_a_stolen_token_ends_its_session_before_it_is_refused(
    sessions: SessionService, office: Office
) -> None:
    office.sessions.token.return_value = RefreshToken(session_id=ALICE.session, used_at=NOW)
    office.sessions.lock_live.return_value = a_session()

    with pytest.raises(RefreshInvalid):
        await sessions.refresh(new_refresh_token())

    office.sessions.revoke.assert_awaited_once_with(ALICE.session, "refresh_reuse")
    # Its transaction was over, and not by the error that followed.
    assert office.open == 0


async def test_a_token_of_either_kind_says_which_session_ends(
    sessions: SessionService, office: Office, tokens: AccessTokens
) -> None:
    claims = Claims(user=ALICE.id, session=ALICE.session)
    await sessions.logout(tokens.issue(claims, auth_time=NOW), None)
    office.sessions.revoke.assert_awaited_once_with(ALICE.session, "logout")

    presented = new_refresh_token()
    office.sessions.token.return_value = RefreshToken(session_id=BOB.session)
    await sessions.logout(None, presented)
    office.sessions.token.assert_awaited_once_with(digest(presented))
    office.sessions.revoke.assert_awaited_with(BOB.session, "logout")


async def test_a_token_that_nobody_was_given_ends_nothing(
    sessions: SessionService, office: Office
) -> None:
    office.sessions.token.return_value = None

    await sessions.logout(None, new_refresh_token())
    with pytest.raises(TokenInvalid):
        await sessions.logout("made up", None)
    with pytest.raises(Unauthenticated):
        await sessions.logout(None, None)

    office.sessions.revoke.assert_not_awaited()


async def test_a_caller_has_the_roles_that_the_database_says(
    sessions: SessionService, office: Office, tokens: AccessTokens
) -> None:
    user = alice(role_names=list(ADMIN.roles))
    office.sessions.live.return_value = LiveSession(a_session(user=user), 60.0)
    claims = Claims(user=ALICE.id, session=ALICE.session)

    actor = await sessions.actor(tokens.issue(claims, auth_time=NOW))

    assert actor == Actor(ALICE.id, frozenset(ADMIN.roles), ALICE.session)
    office.sessions.live.assert_awaited_once_with(ALICE.session)


@pytest.mark.parametrize(
    "found", [None, LiveSession(a_session(user=bob()), 60.0)], ids=["ended", "another's"]
)
async def test_a_caller_without_a_session_of_their_own_is_nobody(
    sessions: SessionService, office: Office, tokens: AccessTokens, found: LiveSession | None
) -> None:
    office.sessions.live.return_value = found
    claims = Claims(user=ALICE.id, session=ALICE.session)

    with pytest.raises(TokenInvalid):
        await sessions.actor(tokens.issue(claims, auth_time=NOW))
