"""Lists by cursor: the next page starts after the last row of this one."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, Field, TypeAdapter
from sqlalchemy import ColumnElement, Select, func, literal_column, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from app.core.errors import Unprocessable

T = TypeVar("T")

TEXT = TypeAdapter(Annotated[str, Field(max_length=600, pattern=r"^[^\x00]*$")])
WHOLE = TypeAdapter(Annotated[int, Field(ge=-(2**31), lt=2**31)])
LONG = TypeAdapter(Annotated[int, Field(ge=-(2**63), lt=2**63)])
REAL = TypeAdapter(Annotated[float, Field(allow_inf_nan=False)])
DAY = TypeAdapter(date)
TIME_OF_DAY = TypeAdapter(time)
FIRST, LAST = (moment.replace(tzinfo=UTC) for moment in (datetime.min, datetime.max))
MOMENT = TypeAdapter(Annotated[AwareDatetime, Field(ge=FIRST, le=LAST)])


class CursorInvalid(Unprocessable):
    code = "CURSOR_INVALID"
    error = "This cursor is not one of ours."
    detail = "Take `next_cursor` from the last page, with the same sort, or leave it out."


def decimals(digits: int, places: int) -> TypeAdapter[Decimal]:
    """Numbers of so many digits, some of them behind the point."""
    return TypeAdapter(Annotated[Decimal, Field(max_digits=digits, decimal_places=places)])


@dataclass(frozen=True, slots=True)
class SortKey:
    """One way to sort a list, `-` first for downwards; equal values are told apart by id."""

    sort: str
    key: ColumnElement[Any] | InstrumentedAttribute[Any]
    kind: TypeAdapter[Any]

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One stretch of a list, and where the next one starts."""

    items: list[T]
    next_cursor: str | None


def sort_keys(*several: SortKey) -> Mapping[str, SortKey]:
    return {each.sort: each for each in several}


def first_when_missing(column: InstrumentedAttribute[Any], lowest: str) -> ColumnElement[Any]:
    """Sort rows without a value as the lowest, so that a page stays one range of the index.

    `lowest` is SQL, not a parameter: with one, PostgreSQL would not know its own index again.
    """
    return func.coalesce(column, literal_column(lowest), type_=column.type)


def after(query: Select[Any], by: SortKey, row_id: Any, cursor: str | None) -> Select[Any]:
    """Sort a query, and start it behind the row that the cursor names."""
    if cursor is not None:
        types = [key.expression.type for key in (by.key, row_id)]
        here, there = tuple_(by.key, row_id), tuple_(*_decode(cursor, by), types=types)
        query = query.where(here < there if by.descending else here > there)
    keys = (by.key, row_id)
    return query.order_by(*(key.desc() for key in keys) if by.descending else keys)


def cursor_of(key: Any, row_id: UUID, by: SortKey) -> str:
    parts = [by.sort, by.kind.dump_python(key, mode="json"), str(row_id)]
    text = json.dumps(parts, ensure_ascii=False)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, by: SortKey) -> tuple[Any, UUID]:
    try:
        sort, key, row_id = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if sort != by.sort:
            raise CursorInvalid
        return by.kind.validate_python(key), UUID(row_id)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise CursorInvalid from error
