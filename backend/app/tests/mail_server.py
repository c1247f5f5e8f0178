"""A mail server on the loopback, real in all but that it keeps what it is sent."""

import ssl
from asyncio import get_running_loop
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd import smtp

from dev.server import LOOPBACK


@dataclass
class Received:
    """One mail, and how it came."""

    sender: str | None
    recipients: list[str]
    mail: EmailMessage
    encrypted: bool


@dataclass
class MailServer:
    """Takes mail from everybody, or from those who log in."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 (aiosmtpd's name)
        self, server: smtp.SMTP, _session: smtp.Session, envelope: smtp.Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, EmailMessage, policy=policy.SMTP)
        assert server.transport
        encrypted = server.transport.get_extra_info("ssl_object") is not None
        self.received.append(Received(envelope.mail_from, envelope.rcpt_tos, mail, encrypted))
        return "250 Kept"

    def admit(self, *given: object) -> smtp.AuthResult:
        login = given[-1]
        assert isinstance(login, smtp.LoginPassword)
        self.logins.append((login.login, login.password))
        return smtp.AuthResult(success=True)


@asynccontextmanager
async def mail_server(
    tls: ssl.SSLContext | None = None, *, implicit: bool = False, login: bool = False
) -> AsyncIterator[MailServer]:
    """Run a server; with a certificate, TLS is asked for, or there from the first byte."""
    kept = MailServer()
    starttls = None if implicit else tls

    def protocol() -> smtp.SMTP:
        return smtp.SMTP(
            kept,
            hostname="mail.test",
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_required=login,
            authenticator=kept.admit if login else None,
        )

    server = await get_running_loop().create_server(
        protocol, LOOPBACK, 0, ssl=tls if implicit else None
    )
    kept.port = server.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        server.close()
