"""A mail, and the port through which it leaves."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import make_msgid
from typing import Protocol

from app.core.about import TITLE

WHOLE_LINES = default.clone(max_line_length=998)
"""As long as a line may be (RFC 5322 section 2.1.1), so that a link can be read in the source."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is told; where to and what is for nobody else's eyes."""

    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)


class Mail(Protocol):
    """Hands a message over to whatever delivers it; raises what keeps it from that."""

    async def send(self, message: Message) -> None: ...


def composed(message: Message, sender: str) -> EmailMessage:
    """Write a message as mail servers read it (RFC 5322).

    Raises ValueError for an address or a subject that would begin another header.
    """
    email = EmailMessage(policy=WHOLE_LINES)
    email["From"] = Address(TITLE, addr_spec=sender)
    email["To"] = Address(addr_spec=message.to)
    email["Subject"] = message.subject
    email["Date"] = datetime.now(UTC)
    # Without a domain it would name this machine.
    email["Message-ID"] = make_msgid(domain=domain_of(sender))
    # No machine shall answer it (RFC 3834).
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(message.text)
    return email


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]
