from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Several, View
from app.schemas.types import Id, Text, Whole

Stars = Annotated[Whole, Field(ge=1, le=5, examples=[3])]
ReviewText = Annotated[Text, Field(max_length=4_000, examples=["A few words, to begin with."])]


class ReviewCreate(Payload):
    """A review to be."""

    book_id: Id
    stars: Stars
    text: ReviewText | None = None


class ReviewUpdate(Payload):
    """What to change of a review; what is left out stays as it is."""

    book_id: Id = UNCHANGED
    stars: Stars = UNCHANGED
    text: ReviewText | None = UNCHANGED


class ReviewRead(View):
    """A review, as people see it."""

    id: UUID
    book_id: UUID
    author_id: UUID
    stars: int
    text: str | None
    created_at: datetime
    updated_at: datetime


class ReviewPage(PageView[ReviewRead]):
    """One page of reviews."""


class ReviewSort(StrEnum):
    """What a list of reviews can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"


class ReviewQuery(PageQuery):
    """What a list of reviews may be asked."""

    sort: ReviewSort = ReviewSort.CREATED_AT_DOWN
    book_id: Several[Id] | None = None
    author_id: Several[Id] | None = None
    stars: Several[Stars] | None = None
    stars_gte: Stars | None = None
    stars_lte: Stars | None = None
