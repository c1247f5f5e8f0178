from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import create_autospec

import pytest
from pydantic import SecretStr

from app.core.security.refresh_grace import seal, unseal
from app.core.security.tokens import AccessTokens, digest, new_refresh_token
from app.core.settings import TokenSettings
from app.models import RefreshToken, Session
from app.repositories.session import SessionRepository
from app.services.session_refresh import RefreshChain
from app.tests.people import ALICE

NOW = datetime(2030, 1, 1, tzinfo=UTC)
SETTINGS = TokenSettings(secret=SecretStr("x" * 32))
PRESENTED, SUCCESSOR = new_refresh_token(), new_refresh_token()


@pytest.fixture
def chain() -> RefreshChain:
    return RefreshChain(AccessTokens(SETTINGS), SETTINGS)


@pytest.fixture
def session() -> Session:
    end = NOW + timedelta(days=30)
    return Session(id=ALICE.session, user_id=ALICE.id, auth_time=NOW, expires_at=end)


@pytest.fixture
def sessions(session: Session) -> Any:
    """What is stored of a token that was not used yet."""
    repository = create_autospec(SessionRepository, instance=True)
    repository.now.return_value = NOW
    repository.lock_live.return_value = session
    repository.token.return_value = RefreshToken(session_id=ALICE.session)
    return repository


def used(sessions: Any, seconds: float = 5, **changes: Any) -> None:
    """Let the token have been traded for another, which was not used yet."""
    values = {
        "used_at": NOW - timedelta(seconds=seconds),
        "sealed_next": seal(PRESENTED, SUCCESSOR),
    }
    token = RefreshToken(session_id=ALICE.session, **values | changes)
    stored = {digest(PRESENTED): token, digest(SUCCESSOR): RefreshToken()}
    sessions.token.side_effect = stored.get


async def test_a_session_starts_with_a_token_that_is_stored_as_a_hash(
    chain: RefreshChain, sessions: Any, session: Session
) -> None:
    pair = await chain.start(sessions, session)

    sessions.add_token.assert_awaited_once_with(ALICE.session, digest(pair.refresh_token))


async def test_a_token_is_traded_for_the_next(
    chain: RefreshChain, sessions: Any, session: Session
) -> None:
    pair = await chain.renew(sessions, PRESENTED)

    assert pair
    sessions.token.assert_awaited_with(digest(PRESENTED))
    [token, now, sealed] = sessions.use.await_args.args
    assert (token, now) == (sessions.token.return_value, NOW)
    assert unseal(PRESENTED, sealed) == pair.refresh_token
    sessions.add_token.assert_awaited_once_with(ALICE.session, digest(pair.refresh_token))
    assert session.last_used_at == NOW
    assert session.idle_expires_at - NOW == timedelta(days=7)
    sessions.revoke.assert_not_awaited()


async def test_a_session_is_never_prolonged_beyond_its_end(
    chain: RefreshChain, sessions: Any, session: Session
) -> None:
    session.expires_at = NOW + timedelta(hours=1)

    await chain.renew(sessions, PRESENTED)

    assert session.idle_expires_at == session.expires_at


@pytest.mark.parametrize("missing", ["token", "lock_live"])
async def test_without_token_or_session_nothing_is_given(
    chain: RefreshChain, sessions: Any, missing: str
) -> None:
    getattr(sessions, missing).return_value = None

    assert await chain.renew(sessions, PRESENTED) is None

    sessions.add_token.assert_not_awaited()
    sessions.revoke.assert_not_awaited()


@pytest.mark.parametrize("seconds", [0, 9.9])
async def test_for_a_moment_the_same_token_is_given_again(
    chain: RefreshChain, sessions: Any, seconds: float
) -> None:
    used(sessions, seconds)

    pair = await chain.renew(sessions, PRESENTED)

    assert pair
    assert pair.refresh_token == SUCCESSOR
    sessions.use.assert_not_awaited()
    sessions.add_token.assert_not_awaited()
    sessions.revoke.assert_not_awaited()


async def assert_stolen(chain: RefreshChain, sessions: Any) -> None:
    assert await chain.renew(sessions, PRESENTED) is None
    sessions.revoke.assert_awaited_once_with(ALICE.session, "refresh_reuse")
    sessions.add_token.assert_not_awaited()


@pytest.mark.parametrize(
    ("seconds", "changes"),
    [
        (10, {}),
        (5, {"sealed_next": None}),
        (5, {"sealed_next": seal(SUCCESSOR, SUCCESSOR)}),
        (5, {"sealed_next": b""}),
        (5, {"sealed_next": seal(PRESENTED, new_refresh_token())}),
    ],
    ids=["late", "not the last", "sealed with another", "broken", "unknown"],
)
async def test_a_token_used_before_ends_its_session(
    chain: RefreshChain, sessions: Any, seconds: float, changes: dict[str, Any]
) -> None:
    used(sessions, seconds, **changes)

    await assert_stolen(chain, sessions)


async def test_a_token_whose_successor_was_used_ends_its_session(
    chain: RefreshChain, sessions: Any
) -> None:
    used(sessions)
    sessions.token.side_effect(digest(SUCCESSOR)).used_at = NOW

    await assert_stolen(chain, sessions)


async def test_where_there_is_no_grace_the_second_use_ends_a_session_at_once(sessions: Any) -> None:
    settings = SETTINGS.model_copy(update={"refresh_grace_seconds": 0})
    used(sessions, 0)

    await assert_stolen(RefreshChain(AccessTokens(settings), settings), sessions)
