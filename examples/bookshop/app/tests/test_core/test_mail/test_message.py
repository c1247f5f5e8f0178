from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from app.core.about import TITLE
from app.core.mail.message import Message, composed

SENDER = "no-reply@example.org"
HELLO = Message("carol@example.com", "Confirm your address", "Open this:\n\nhttps://a.test/#x=y\n")


def read(message: Message) -> EmailMessage:
    return message_from_bytes(
        composed(message, SENDER).as_bytes(policy=SMTP), EmailMessage, policy=SMTP
    )


def test_a_mail_says_from_whom_to_whom_when_and_what() -> None:
    mail = read(HELLO)

    [sender] = mail["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (TITLE, SENDER)
    assert [each.addr_spec for each in mail["To"].addresses] == [HELLO.to]
    assert mail["Subject"] == HELLO.subject
    assert abs(datetime.now(UTC) - mail["Date"].datetime) < timedelta(minutes=1)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r\n", "\n") == HELLO.text


def test_each_mail_has_an_id_of_its_own_that_names_no_machine() -> None:
    ids = {read(HELLO)["Message-ID"] for _ in range(2)}

    assert len(ids) == 2
    assert all(each.endswith("@example.org>") for each in ids)


def test_a_link_is_not_broken_over_lines() -> None:
    link = f"https://www.example.org/account#verify=bsm_{43 * 'x'}"

    message = Message(HELLO.to, "Ü", f"ünï\n\n{link}\n")
    raw = composed(message, SENDER).as_bytes(policy=SMTP)

    assert read(message).get_content().split() == ["ünï", link]
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    "to",
    [
        "carol@example.com\r\nBcc: eve@example.com",
        "carol@example.com\nBcc: eve@example.com",
        "carol@example.com, eve@example.com",
        "Carol <carol@example.com>",
        "",
    ],
)
def test_an_address_is_one_address_and_no_other_header(to: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        composed(Message(to, "Hello", "Hello"), SENDER)


def test_a_subject_is_no_other_header() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        composed(Message(HELLO.to, "Hello\r\nBcc: eve@example.com", "Hello"), SENDER)


def test_a_message_tells_nobody_what_is_in_it() -> None:
    assert repr(HELLO) == "Message(subject='Confirm your address')"
