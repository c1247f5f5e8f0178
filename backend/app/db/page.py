"""Lists by cursor: the next page starts after the last row of this one."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, Field, TypeAdapter
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, tuple_

from app.core.errors import Unprocessable

T = TypeVar("T")

EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
"""Before every moment that a column may hold."""
TEXT = TypeAdapter(Annotated[str, Field(max_length=600, pattern=r"^[^\x00]*$")])
NUMBER = TypeAdapter(Annotated[Decimal, Field(max_digits=100)])
WHOLE = TypeAdapter(Annotated[int, Field(ge=-(2**63), lt=2**63)])
TIME = TypeAdapter(AwareDatetime)


class CursorInvalid(Unprocessable):
    code = "CURSOR_INVALID"
    error = "This cursor is not one of ours."
    detail = "Take `next_cursor` from the last page, with the same sort, or leave it out."


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort a list, `-` first for downwards; equal values are told apart by id."""

    sort: str
    key: SQLColumnExpression[Any]
    kind: TypeAdapter[Any]

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One stretch of a list, and where the next one starts."""

    items: list[T]
    next_cursor: str | None


def orders(*several: Order) -> Mapping[str, Order]:
    return {order.sort: order for order in several}


def first_when_missing(column: Any, lowest: Any) -> ColumnElement[Any]:
    """Sort rows without a value as the lowest, so that a page stays one range of the index."""
    return func.coalesce(column, lowest)


def after(query: Select[Any], order: Order, row_id: Any, cursor: str | None) -> Select[Any]:
    """Sort a query, and start it behind the row that the cursor names."""
    if cursor is not None:
        here, there = tuple_(order.key, row_id), tuple_(*_decode(cursor, order))
        query = query.where(here < there if order.descending else here > there)
    keys = (order.key, row_id)
    return query.order_by(*(key.desc() for key in keys) if order.descending else keys)


def cursor_of(key: Any, row_id: UUID, order: Order) -> str:
    text = json.dumps([order.sort, order.kind.dump_python(key, mode="json"), str(row_id)])
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, order: Order) -> tuple[Any, UUID]:
    try:
        sort, key, row_id = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if sort != order.sort:
            raise CursorInvalid
        return order.kind.validate_python(key), UUID(row_id)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise CursorInvalid from error
