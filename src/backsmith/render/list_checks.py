"""What the database holds of a list: of how many values there are, and of each of them."""

import json

from backsmith.design.model import Field, Scalar
from backsmith.render.sql import between, sql_text


def list_conditions(field: Field, item: Field) -> list[str]:
    """SQL that holds of every list, and doesn't of any other."""
    column = field.column
    return [
        between(f"cardinality({column})", field.minimum, field.maximum),
        f"array_position({column}, NULL) IS NULL",
        *_of_each(column, item),
    ]


def _of_each(column: str, item: Field) -> list[str]:
    if item.enum:
        values = ", ".join(map(sql_text, item.enum.values))
        return [f"{column} <@ CAST(ARRAY[{values}] AS varchar[])"]
    if item.pattern:
        return [_each_like(column, item.pattern)]
    match item.type:
        case Scalar.EMAIL:
            return [f"CAST({column} AS text) = lower(CAST({column} AS text))"]
        case Scalar.URL:
            return [_each_like(column, "^https?://")]
        case Scalar.BIGINT:
            return [f"{item.minimum} <= ALL ({column})", f"{item.maximum} >= ALL ({column})"]
    return []


def _each_like(column: str, pattern: str) -> str:
    """A check can't ask a question of its own, and so can't look at the values one by one."""
    # With the flag, a point stands for a line break too, as it does behind ~.
    unlike = f'$[*] ? (!(@ like_regex {json.dumps(pattern, ensure_ascii=False)} flag "s"))'
    return f"NOT jsonb_path_exists(to_jsonb({column}), {sql_text(unlike)})"
