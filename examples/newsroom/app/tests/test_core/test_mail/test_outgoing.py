import asyncio
import json
from pathlib import Path

import pytest

from app.core.logging import configure_logging
from app.core.mail import outgoing
from app.core.mail.folder import MailFolder
from app.core.mail.memory import MailMemory
from app.core.mail.message import Message
from app.core.mail.outgoing import OutgoingMail, open_mail
from app.core.mail.smtp import SmtpMail
from app.core.settings import LogSettings, MailSettings

HELLO = Message("carol@example.com", "Hello", "Hello, Carol: bsm_secret\n")


class Broken:
    """A mail server that repeats what it was told, when it refuses."""

    async def send(self, message: Message) -> None:
        raise OSError(f"{message.to}: {message.text}")


class Stuck:
    """A mail server that takes its time, and counts who waits."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.meeting = 0

    async def send(self, _message: Message) -> None:
        self.meeting += 1
        await self.go_on.wait()


async def test_nobody_waits_until_a_mail_is_sent() -> None:
    stuck = Stuck()
    mail = OutgoingMail(stuck)

    mail.post(HELLO)

    assert stuck.meeting == 0
    stuck.go_on.set()
    assert await mail.settled() == 0
    assert stuck.meeting == 1


async def test_a_mail_server_meets_only_so_many_at_once() -> None:
    stuck = Stuck()
    mail = OutgoingMail(stuck)
    for _ in range(2 * outgoing.AT_ONCE):
        mail.post(HELLO)
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert stuck.meeting == outgoing.AT_ONCE
    stuck.go_on.set()
    await mail.settled()
    assert stuck.meeting == 2 * outgoing.AT_ONCE


async def test_a_mail_that_is_not_sent_is_told_without_a_word_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(LogSettings())
    mail = OutgoingMail(Broken())

    mail.post(HELLO)
    await mail.settled()

    [line] = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert (line["event"], line["subject"], line["error_type"]) == (
        "mail_failed",
        "Hello",
        "OSError",
    )
    assert not {"carol", "bsm_"} & set(str(line).replace("@", " ").split())


async def test_what_ends_waits_for_mail_but_not_for_ever(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(LogSettings())
    quick, slow = MailMemory(), OutgoingMail(Stuck(), patience=0.01)
    mail = OutgoingMail(quick)

    mail.post(HELLO)
    await mail.close()
    slow.post(HELLO)
    await slow.close()

    assert list(quick.sent) == [HELLO]
    lines = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == ["mail_sent", "mail_lost"]


async def test_too_many_mails_are_dropped_and_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    configure_logging(LogSettings())
    monkeypatch.setattr(outgoing, "MOST_WAITING", 1)
    memory = MailMemory()
    mail = OutgoingMail(memory)

    mail.post(HELLO)
    mail.post(HELLO)
    await mail.settled()

    assert len(memory.sent) == 1
    assert '"mail_dropped"' in capsys.readouterr().out


async def test_a_developer_finds_mails_in_files(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "mail"

    await MailFolder(folder, "no-reply@example.org").send(HELLO)

    [file] = folder.iterdir()
    assert file.suffix == ".eml"
    assert "Subject: Hello" in file.read_text().splitlines()
    assert file.read_bytes().endswith(f"\n\n{HELLO.text}".encode())
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("transport", "kind"), [("smtp", SmtpMail), ("folder", MailFolder), ("memory", MailMemory)]
)
async def test_the_settings_say_how_mail_leaves(transport: str, kind: type) -> None:
    settings = MailSettings.model_validate({"transport": transport})

    assert type(open_mail(settings).mail) is kind
