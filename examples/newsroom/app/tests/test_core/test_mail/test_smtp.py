from pathlib import Path
from typing import Any

import pytest
from aiosmtplib import SMTPException
from pydantic import SecretStr

from app.core.mail.message import Message
from app.core.mail.smtp import SmtpMail
from app.core.settings import MailSettings
from app.tests.certificates import certify
from app.tests.mail_server import MailServer, mail_server
from dev.server import LOOPBACK, free_port

HELLO = Message("carol@example.com", "Hello", "Hello, Carol.\n")


def mail_to(server: MailServer, **settings: Any) -> SmtpMail:
    return SmtpMail(
        MailSettings(
            **{"host": "localhost", "port": server.port, "sender": "no-reply@example.org"}
            | settings
        )
    )


@pytest.mark.parametrize("way", ["starttls", "implicit"])
async def test_mail_goes_out_over_tls(tmp_path: Path, way: str) -> None:
    tls, certificate = certify("localhost", tmp_path)
    async with mail_server(tls, implicit=way == "implicit") as server:
        await mail_to(server, tls=way, ca_file=certificate).send(HELLO)

    [received] = server.received
    assert received.encrypted
    assert (received.sender, received.recipients) == ("no-reply@example.org", [HELLO.to])
    assert received.mail["Subject"] == "Hello"
    assert received.mail.get_content() == "Hello, Carol.\r\n"


async def test_a_server_that_asks_for_a_login_gets_it(tmp_path: Path) -> None:
    tls, certificate = certify("localhost", tmp_path)
    login = {"user": "app", "password": SecretStr("a secret of the server")}
    async with mail_server(tls, login=True) as server:
        await mail_to(server, ca_file=certificate, **login).send(HELLO)

    assert len(server.received) == 1
    assert server.logins == [(b"app", b"a secret of the server")]


@pytest.mark.parametrize("way", ["starttls", "implicit"])
@pytest.mark.parametrize("name", ["localhost", "other.test"])
async def test_a_server_that_proves_nothing_gets_no_mail(
    tmp_path: Path, way: str, name: str
) -> None:
    tls, certificate = certify(name, tmp_path)
    trusted = {"ca_file": certificate} if name == "other.test" else {}
    async with mail_server(tls, implicit=way == "implicit") as server:
        with pytest.raises((SMTPException, OSError)):
            await mail_to(server, tls=way, **trusted).send(HELLO)

    assert server.received == []


async def test_a_server_without_tls_gets_no_mail_unless_the_settings_say_so() -> None:
    async with mail_server() as server:
        with pytest.raises(SMTPException):
            await mail_to(server, tls="starttls").send(HELLO)
        assert server.received == []

        await mail_to(server, tls="none").send(HELLO)

    assert len(server.received) == 1


async def test_a_server_that_is_away_is_told() -> None:
    away = MailServer(port=free_port())

    with pytest.raises((SMTPException, OSError)):
        await mail_to(away, host=LOOPBACK, tls="none").send(HELLO)
