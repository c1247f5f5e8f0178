from datetime import datetime
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from app.schemas.base import Payload, View
from app.schemas.types import Email, Text
from app.schemas.user import GivenPassword

EXAMPLE_TOKEN = "bsr_" + 43 * "x"
OpaqueToken = Annotated[
    str, Field(pattern=r"^bsr_[A-Za-z0-9_-]{43}$", repr=False, examples=[EXAMPLE_TOKEN])
]

PresentedToken = Annotated[Text, Field(max_length=4096, repr=False, examples=[EXAMPLE_TOKEN])]
"""Whatever somebody takes for a token: which it is, is not told by a form."""


class Login(Payload):
    """Who somebody says they are."""

    email: Email
    password: GivenPassword


class PasswordForm(BaseModel):
    """What the docs page's Authorize button sends (RFC 6749 section 4.3.2)."""

    grant_type: Literal["password"]
    username: Annotated[str, Field(min_length=1, examples=["carol@example.com"])]
    password: Annotated[GivenPassword, Field(min_length=1)]
    scope: str = ""


class Refresh(Payload):
    """The token that renews a session; each works once."""

    refresh_token: PresentedToken


class Logout(Payload):
    """The token that renews the session which is to end."""

    refresh_token: OpaqueToken


class SessionRead(View):
    """A place where somebody is signed in."""

    id: UUID
    device: Annotated[str | None, Field(examples=["Firefox on Linux"])]
    address: Annotated[IPv4Address | IPv6Address | None, Field(examples=["192.0.2.7"])]
    created_at: datetime
    last_used_at: datetime | None
    """When it was last renewed, which happens every few minutes of use."""
    current: bool
    """Whether it is the one that asks."""


class SessionList(View):
    """All of them: nobody has more than a few."""

    items: list[SessionRead]


class TokenPair(View):
    """What it takes to call the API: the access token with every request, the other to renew it."""

    access_token: Annotated[str, Field(examples=["header.claims.signature"])]
    refresh_token: Annotated[str, Field(examples=[EXAMPLE_TOKEN])]
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 (the kind of token, RFC 6750)
    expires_in: Annotated[int, Field(examples=[600])]
    """Seconds until the access token has to be renewed (RFC 6749 section 5.1)."""
