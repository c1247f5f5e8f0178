"""Conditions on rows, in the words that services and repositories share."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, SQLColumnExpression, func, true
from sqlalchemy.orm import InstrumentedAttribute

Rows: TypeAlias = ColumnElement[bool]
"""The rows that somebody may see or touch; `a | b` are the rows of either."""

EVERY: Rows = true()


def any_of(column: SQLColumnExpression[Any], values: Sequence[Any] | None) -> Rows:
    return EVERY if values is None else column.in_(values)


def holding_any(column: InstrumentedAttribute[Any], values: Sequence[Any] | None) -> Rows:
    """Find rows whose list holds one of these at least."""
    return EVERY if values is None else column.overlap(values)


def at_least(column: InstrumentedAttribute[Any], value: Any | None) -> Rows:
    return EVERY if value is None else column >= value


def at_most(column: InstrumentedAttribute[Any], value: Any | None) -> Rows:
    return EVERY if value is None else column <= value


def missing(column: SQLColumnExpression[Any], value: bool | None) -> Rows:
    return EVERY if value is None else column.is_(None) if value else column.is_not(None)


def matching(document: InstrumentedAttribute[Any], words: str | None) -> Rows:
    """Find all these words, in any order; `"..."`, `or` and `-` mean what they mean on the web."""
    if words is None:
        return EVERY
    return document.op("@@")(func.websearch_to_tsquery("simple", words))
