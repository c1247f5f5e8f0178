from typing import Any
from unittest.mock import create_autospec

import pytest

from app.core.security.passwords import Passwords
from app.models import MailToken, User
from app.schemas.user_password_reset import UserPasswordReset
from app.services.login_lane import LoginLaneService
from app.services.user_desk import MailTokenInvalid
from app.services.user_mails import UserMails
from app.services.user_password_reset import UserPasswordResetService
from app.tests.people import ALICE
from app.tests.user_office import UserOffice

NEW = UserPasswordReset(token="bsm_" + 43 * "t", password="nine early herons wade")


@pytest.fixture
def office() -> UserOffice:
    office = UserOffice()
    office.mail_tokens.find.return_value = MailToken(user_id=ALICE.id)
    office.users.by_id.return_value = User(id=ALICE.id, email=ALICE.email)
    return office


@pytest.fixture
def lanes() -> Any:
    return create_autospec(LoginLaneService, instance=True)


@pytest.fixture
def resets(office: UserOffice, lanes: Any) -> UserPasswordResetService:
    passwords = create_autospec(Passwords, instance=True)
    passwords.hash.side_effect = office.closed(returning="a hash")
    mails = create_autospec(UserMails, instance=True)
    mails.password_changed.side_effect = office.closed()
    return UserPasswordResetService(office.desk, passwords, mails, lanes)


async def test_after_a_new_password_by_mail_everybody_may_try_again(
    resets: UserPasswordResetService, office: UserOffice, lanes: Any
) -> None:
    await resets.reset(NEW)

    office.users.replace_hash.assert_awaited_once_with(ALICE.id, "a hash")
    office.sessions.revoke_all.assert_awaited_once_with(ALICE.id, "password_reset")
    lanes.release.assert_awaited_once_with(ALICE.email)


async def test_a_token_that_was_used_meanwhile_changes_nothing(
    resets: UserPasswordResetService, office: UserOffice, lanes: Any
) -> None:
    office.mail_tokens.use.return_value = None

    with pytest.raises(MailTokenInvalid):
        await resets.reset(NEW)
    office.users.replace_hash.assert_not_awaited()
    lanes.release.assert_not_awaited()
