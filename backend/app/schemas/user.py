from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.actor import Role
from app.schemas.base import Payload, View
from app.schemas.types import Email, Text

Password = Annotated[
    Text,
    Field(
        min_length=15,
        max_length=256,
        repr=False,
        description="A phrase of at least 15 characters; any character counts.",
        examples=["seven quiet otters nap"],
        json_schema_extra={"format": "password"},
    ),
]
"""ASVS 6.2.1 and 6.2.9, NIST SP 800-63B: long, and free in its characters."""

GivenPassword = Annotated[
    Text,
    Field(
        max_length=256,
        repr=False,
        examples=["seven quiet otters nap"],
        json_schema_extra={"format": "password"},
    ),
]
"""What somebody types to sign in: compared, never judged."""


class SignUp(Payload):
    """An account to be."""

    email: Annotated[Email, Field(examples=["carol@example.com"])]
    password: Password


class UserRead(View):
    """What people see of their own account."""

    id: UUID
    email: Annotated[str | None, Field(examples=["carol@example.com"])]
    email_verified: bool
    roles: list[Role]
    created_at: datetime


class UserSummary(View):
    """What others may see of a person."""

    id: UUID
