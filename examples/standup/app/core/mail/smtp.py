import asyncio
import ssl

import aiosmtplib

from app.core.mail.message import Message, composed, domain_of
from app.core.settings import MailSettings


class SmtpMail:
    """Hands mail to a server, over TLS that is verified unless the settings forgo it."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        secured = settings.tls != "none"
        # Made once: to read the system's authorities takes a while.
        self._tls = ssl.create_default_context(cafile=settings.ca_file) if secured else None

    async def send(self, message: Message) -> None:
        settings = self._settings
        async with asyncio.timeout(settings.timeout):
            await aiosmtplib.send(
                composed(message, settings.sender),
                hostname=settings.host,
                port=settings.port,
                username=settings.user or None,
                password=settings.password.get_secret_value() or None,
                use_tls=settings.tls == "implicit",
                start_tls=settings.tls == "starttls",
                tls_context=self._tls,
                timeout=settings.timeout,
                local_hostname=domain_of(settings.sender),
            )
