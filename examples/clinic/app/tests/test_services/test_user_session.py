from typing import Any
from unittest.mock import create_autospec

import pytest

from app.models import Session
from app.repositories.session import LIVE, SessionRepository, owned_by
from app.services.user_session import SessionNotFound, UserSessionService, own
from app.tests.people import ALICE, BOB


@pytest.fixture
def repository() -> Any:
    return create_autospec(SessionRepository, instance=True)


@pytest.fixture
def sessions(repository: Any) -> UserSessionService:
    return UserSessionService(repository)


def test_everybody_has_their_own_sessions_that_have_not_ended() -> None:
    assert own(ALICE.actor).compare(LIVE & owned_by(ALICE.id))
    assert not own(ALICE.actor).compare(own(BOB.actor))


async def test_only_own_sessions_end(sessions: UserSessionService, repository: Any) -> None:
    repository.lock.return_value = Session(id=ALICE.session)
    await sessions.end(ALICE.actor, ALICE.session)
    repository.revoke.assert_awaited_once_with(ALICE.session, "ended_by_owner")

    repository.lock.return_value = None
    with pytest.raises(SessionNotFound):
        await sessions.end(BOB.actor, ALICE.session)
    repository.revoke.assert_awaited_once()


async def test_all_own_sessions_end(sessions: UserSessionService, repository: Any) -> None:
    await sessions.logout_everywhere(ALICE.actor)

    repository.revoke_all.assert_awaited_once_with(ALICE.id, "logout_everywhere")
