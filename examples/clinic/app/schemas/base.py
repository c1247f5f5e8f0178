from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.types import Text

T = TypeVar("T")

UNCHANGED: Any = Field(default_factory=lambda: None)
"""Default of a PATCH field: left out means unchanged, an explicit null is still validated."""

Limit = Annotated[int, Field(ge=1, le=100)]
Cursor = Annotated[str, Field(max_length=5000, pattern=r"^[A-Za-z0-9_-]+$")]
EXAMPLE_CURSOR = "WyJ0aXRsZSIsIkRlIiwiMDE5OGMwZGUiXQ"
Several = Annotated[list[T], Field(max_length=100)]
"""A filter that was given more than once means any of its values."""
Search = Annotated[Text, Field(min_length=1, max_length=200)]


class Payload(BaseModel):
    """What a client sends: unknown fields are refused, and `"1"` is not 1."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Asked(BaseModel):
    """What a client asks in the address, where everything is text."""

    model_config = ConfigDict(extra="forbid")


class View(BaseModel):
    """What a client receives, read from a model."""

    model_config = ConfigDict(from_attributes=True)


class PageQuery(Asked):
    """What every list may be asked."""

    limit: Limit = 20
    cursor: Cursor | None = None


class PageView(View, Generic[T]):
    items: list[T]
    next_cursor: Annotated[str | None, Field(examples=[EXAMPLE_CURSOR])]
