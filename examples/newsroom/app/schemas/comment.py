from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.base import PageQuery, PageView, Payload, Several, View
from app.schemas.types import Id, Text
from app.schemas.user import UserSummary

CommentText = Annotated[
    Text, Field(min_length=1, max_length=2_000, examples=["A few words, to begin with."])
]


class CommentCreate(Payload):
    """A comment to be."""

    article_id: Id
    text: CommentText


class CommentRead(View):
    """A comment, as people see it."""

    id: UUID
    article_id: UUID
    author: UserSummary
    text: str
    created_at: datetime
    updated_at: datetime


class CommentPage(PageView[CommentRead]):
    """One page of comments."""


class CommentSort(StrEnum):
    """What a list of comments can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"


class CommentQuery(PageQuery):
    """What a list of comments may be asked."""

    sort: CommentSort = CommentSort.CREATED_AT_DOWN
    article_id: Several[Id] | None = None
    author_id: Several[Id] | None = None
