from typing import Any
from unittest.mock import create_autospec

import pytest

from app.core.security.passwords import Passwords
from app.core.security.tokens import digest
from app.models import MailPurpose, MailToken, User
from app.schemas.user import SignUp
from app.services.user_desk import MailTokenInvalid
from app.services.user_mails import UserMails
from app.services.user_sign_up import LIFETIME, UserSignUpService
from app.tests.people import ALICE, KNOWN_SINCE, PASSWORD
from app.tests.user_office import UserOffice

TOKEN = "bsm_" + 43 * "t"


@pytest.fixture
def office() -> UserOffice:
    return UserOffice()


@pytest.fixture
def mails() -> Any:
    return create_autospec(UserMails, instance=True)


@pytest.fixture
def sign_ups(office: UserOffice, mails: Any) -> UserSignUpService:
    passwords = create_autospec(Passwords, instance=True)
    passwords.hash.side_effect = office.closed(returning="a hash")
    for name in ("confirm", "have_account"):
        getattr(mails, name).side_effect = office.closed()
    return UserSignUpService(office.desk, passwords, mails)


async def sign_up(sign_ups: UserSignUpService) -> None:
    data = SignUp.model_validate({"email": "Alice@Example.com", "password": PASSWORD})
    await sign_ups.sign_up(data)


def given(office: UserOffice) -> tuple[Any, ...]:
    [call] = office.mail_tokens.give.await_args_list
    return tuple(call.args)


async def test_a_newcomer_is_mailed_the_token_whose_digest_is_kept(
    sign_ups: UserSignUpService, office: UserOffice, mails: Any
) -> None:
    office.users.open_account.return_value = ALICE.id

    await sign_up(sign_ups)

    office.users.open_account.assert_awaited_once_with(ALICE.email, "a hash")
    [(email, token)] = [call.args for call in mails.confirm.call_args_list]
    assert email == ALICE.email
    assert given(office) == (ALICE.id, MailPurpose.VERIFY, digest(token), LIFETIME)
    mails.have_account.assert_not_called()


async def test_somebody_who_has_an_account_is_told_by_mail_and_a_token_of_nobodys_is_kept(
    sign_ups: UserSignUpService, office: UserOffice, mails: Any
) -> None:
    office.users.open_account.return_value = None

    await sign_up(sign_ups)

    mails.have_account.assert_called_once_with(ALICE.email)
    mails.confirm.assert_not_called()
    assert given(office)[:2] == (None, MailPurpose.VERIFY)


@pytest.mark.parametrize(
    ("user", "known"),
    [
        (User(id=ALICE.id), True),
        (User(id=ALICE.id, email_verified_at=KNOWN_SINCE), False),
        (None, False),
    ],
)
async def test_another_link_goes_to_whoever_has_to_confirm_an_address(
    sign_ups: UserSignUpService, office: UserOffice, mails: Any, user: User | None, known: bool
) -> None:
    office.users.lock_by_email.return_value = user

    await sign_ups.send_again(ALICE.email)

    assert given(office)[0] == (ALICE.id if known else None)
    assert mails.confirm.call_count == known


async def test_a_token_confirms_the_address_of_its_person(
    sign_ups: UserSignUpService, office: UserOffice
) -> None:
    office.mail_tokens.find.return_value = MailToken(user_id=ALICE.id)
    office.mail_tokens.use.return_value = MailToken(user_id=ALICE.id)

    await sign_ups.verify(TOKEN)

    office.mail_tokens.use.assert_awaited_once_with(digest(TOKEN), MailPurpose.VERIFY)
    office.users.verify.assert_awaited_once_with(ALICE.id)


async def test_a_token_that_works_no_more_confirms_nothing(
    sign_ups: UserSignUpService, office: UserOffice
) -> None:
    office.mail_tokens.find.return_value = None

    with pytest.raises(MailTokenInvalid):
        await sign_ups.verify(TOKEN)
    office.users.verify.assert_not_awaited()
