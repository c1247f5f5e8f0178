"""SQL, in pieces and as code."""

from collections.abc import Sequence
from decimal import Decimal

from backsmith.render.code import LINE, broken, quoted

WIDTH = 74
"""Characters of SQL that fit into a line of their own, indented as far as a call in a call is."""


def sql_literal(text: str) -> str:
    """SQL as SQLAlchemy's `text` takes it, where a colon would begin a parameter."""
    escaped = text.replace(":", "\\:")
    return f'r"{escaped}"' if "\\" in escaped and '"' not in escaped else quoted(escaped)


def joined(text: str, by: str) -> str:
    """SQL as such a literal: on one line where it fits, else broken after what joins its parts."""
    whole = sql_literal(text)
    if len(whole) <= LINE:
        return whole
    lines = [""]
    for part in text.split(by):
        if lines[-1] and len(lines[-1] + part + by) > WIDTH:
            lines.append("")
        lines[-1] += f"{part}{by}"
    lines[-1] = lines[-1].removesuffix(by)
    return "".join(f"\n{sql_literal(line)}" for line in lines)


def all_of(conditions: Sequence[str]) -> str:
    """Conditions as one literal: on one line where they fit, else each on lines of its own."""
    whole = sql_literal(" AND ".join(conditions))
    if len(whole) <= LINE:
        return whole
    joined = [*(f"{each} " for each in conditions[:-1]), conditions[-1]]
    told = [each if at == 0 else f"AND {each}" for at, each in enumerate(joined)]
    return "\n".join(sql_literal(line) for each in told for line in broken(each))


def between(value: str, low: int | Decimal | None, high: int | Decimal | None) -> str:
    if low is not None and high is not None:
        return f"{value} BETWEEN {low} AND {high}"
    return f"{value} >= {low}" if low is not None else f"{value} <= {high}"


def sql_text(text: str) -> str:
    """Quote a text for SQL; standard_conforming_strings leaves backslashes alone."""
    return "'" + text.replace("'", "''") + "'"
