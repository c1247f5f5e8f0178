"""Values, as Python spells them."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from backsmith.design.model import Field, Scalar, Value
from backsmith.render.binary import bytes_literal

LINE = 84
"""Characters that fit beside a name, or indented, into a line of 100."""


def quoted(text: str) -> str:
    """A string literal, whatever the text holds."""
    literal = repr(text)
    if literal.startswith("'") and '"' not in text:
        return '"' + literal[1:-1].replace("\\'", "'") + '"'
    return literal


def prose(text: str) -> str:
    """A string literal of paragraphs: on one line where they fit, else on a line for each few."""
    if len(text) <= LINE and "\n" not in text:
        return quoted(text)
    lines = [line for paragraph in text.splitlines(keepends=True) for line in broken(paragraph)]
    return "(\n" + "".join(f"    {quoted(line)}\n" for line in lines) + ")"


def broken(paragraph: str) -> list[str]:
    """The words of a paragraph on lines that end in a space, and nothing of it lost."""
    lines = [""]
    for word in re.findall(r"\S+\s*|\s+", paragraph):
        if lines[-1] and len(repr(lines[-1] + word)) > LINE:
            lines.append("")
        lines[-1] += word
    return lines


def raw(pattern: str) -> str:
    """A pattern as a raw string literal where that can be, so that it reads as it was written."""
    return f'r"{pattern}"' if '"' not in pattern and not pattern.endswith("\\") else quoted(pattern)


def docstring(text: str, indent: str = "    ") -> str:
    """A docstring of one line that nothing in the text can end."""
    safe = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if safe.endswith('"'):
        safe = safe[:-1] + '\\"'
    return f'{indent}"""{safe}"""'


def literal(field: Field, value: Value) -> str:
    """A value of a field's type, as an expression."""
    if field.enum:
        return field.enum.member(str(value))
    match field.type:
        case Scalar.DECIMAL:
            return f"Decimal({quoted(str(value))})"
        case Scalar.DATE:
            return _call(date.fromisoformat(str(value)))
        case Scalar.TIME:
            return _call(time.fromisoformat(str(value)))
        case Scalar.DATETIME:
            return f"datetime.fromisoformat({quoted(str(value))})"
        case Scalar.BYTES:
            return bytes_literal(str(value))
        case Scalar.UUID:
            return f"UUID({quoted(str(value))})"
    return quoted(value) if isinstance(value, str) else repr(value)


def _call(value: date | time | datetime) -> str:
    return repr(value).removeprefix("datetime.")


def number(value: int | Decimal) -> str:
    """A bound, with its digits in threes where there are many."""
    whole = value == int(value)
    return f"{int(value):_}" if whole else f"Decimal({quoted(str(value))})"
