from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.actor import Role
from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Search, Several, View

GivenRole = Annotated[Role, Field(strict=False, examples=["admin"])]


class UserAdminUpdate(Payload):
    """What to change of somebody's standing; what is left out stays as it is."""

    roles: Annotated[list[GivenRole], Field(max_length=100)] = UNCHANGED
    active: bool = UNCHANGED


class UserAdminRead(View):
    """An account, as administrators see it."""

    id: UUID
    email: Annotated[str | None, Field(examples=["carol@example.com"])]
    email_verified: bool
    roles: list[Role]
    active: bool
    created_at: datetime
    updated_at: datetime


class UserAdminPage(PageView[UserAdminRead]):
    """One page of accounts."""


class UserAdminSort(StrEnum):
    """What a list of accounts can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"


class UserAdminQuery(PageQuery):
    """What a list of accounts may be asked; `q` is any part of an address."""

    q: Search | None = None
    sort: UserAdminSort = UserAdminSort.CREATED_AT_DOWN
    role: Several[GivenRole] | None = None
    active: bool | None = None
