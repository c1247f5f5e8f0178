"""A default or an example: text that has to be a value of the field's type."""

import json
import math
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType

from backsmith.design import regex
from backsmith.design.findings import did_you_mean, listed
from backsmith.design.model import Enum, Field, List, Reference, Scalar, Value
from backsmith.design.words import TEXTUAL

LONGEST = 500
"""Characters of a default or an example; nobody reads more."""

_JSON = """Write it as {"colour": "red"}, with numbers up to 2**53 - 1."""
_NOW = "as a default, =now is when a row is made."
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,24})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,99})(\.[0-9]{1,100})?")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,25})?(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?")
_DATETIME = re.compile(_DATE.pattern + "T" + _TIME.pattern + r"(Z|[+-][0-9]{2}:[0-9]{2})")
_BASE64 = re.compile(r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_EMAIL = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@([a-z0-9-]+\.)+[a-z]{2,}")
_URL = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?(/[!-~]*)?")


class UnfitError(ValueError):
    """A text that is no value of the field: why, and how one looks."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def value_of(field: Field, text: str) -> Value:
    """The value that the text stands for in this field, inside all of the field's bounds."""
    if isinstance(field.type, Reference):
        raise UnfitError("is given for a reference", "Leave it out; rows have ids of their own.")
    if isinstance(field.type, List):
        raise UnfitError("is one value, and the field holds a list", "Leave it out.")
    if isinstance(field.type, Enum):
        return _one_of(field.type.values, text)
    if len(text) > LONGEST:
        raise UnfitError("is too long to be read", f"Keep it to {LONGEST} characters.")
    if field.type in TEXTUAL and not text.isprintable():
        raise UnfitError("holds a line break or a tab", "Keep it on one line.")
    value = _PARSERS[field.type](text)
    _check_bounds(field, value)
    if field.precision and isinstance(value, Decimal):
        _check_digits(value, *field.precision)
    if field.pattern and isinstance(value, str) and not _matches(field.pattern, value):
        raise UnfitError("doesn't match the field's pattern", f"The pattern is /{field.pattern}/.")
    return value


def _one_of(values: tuple[str, ...], text: str) -> str:
    # An enum that couldn't be read has no values, and a finding of its own.
    if values and text not in values:
        near = did_you_mean(text, values).strip()
        raise UnfitError("is none of the enum's values", near or f"There are {listed(values)}.")
    return text


def _matches(pattern: str, value: str) -> bool:
    return regex.read(pattern).matches(value)


def _check_bounds(field: Field, value: Value) -> None:
    if isinstance(value, bool):
        return
    text = b64decode(value) if field.type is Scalar.BYTES and isinstance(value, str) else value
    measured = len(text) if isinstance(text, str | bytes) else Decimal(str(text))
    if (field.minimum is not None and measured < field.minimum) or (
        field.maximum is not None and measured > field.maximum
    ):
        what = "length" if isinstance(value, str) else "range"
        low = "" if field.minimum is None else field.minimum
        high = "" if field.maximum is None else field.maximum
        raise UnfitError(f"is out of the field's {what}", f"It goes from {low}..{high}.")


def _check_digits(value: Decimal, digits: int, places: int) -> None:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        raise UnfitError("has too many decimal places", f"There are {places} of them.")
    if abs(value) >= Decimal(10) ** (digits - places):
        raise UnfitError("has too many digits", f"There are {digits - places} before the point.")


def _text(text: str) -> str:
    return text


def _number(text: str) -> Decimal:
    _fit(_NUMBER, text, "is no number", "Write plain digits, as in 12.50.")
    return Decimal(text)


def _integer(text: str) -> int:
    _fit(_INTEGER, text, "is no whole number", "Write plain digits, as in 1000.")
    return int(text)


def _float(text: str) -> float:
    _fit(_FLOAT, text, "is no number", "Write plain digits, as in 0.5.")
    number = float(text)
    if not math.isfinite(number):
        raise UnfitError("is too large for a float", "Write a finite number.")
    return number


def _bool(text: str) -> bool:
    if text not in ("true", "false"):
        raise UnfitError("is neither true nor false", "Write =true or =false.")
    return text == "true"


def _date(text: str) -> str:
    hint = f"Write it as 2026-01-31, from 0001-01-02 to 9999-12-30; {_NOW}"
    _fit(_DATE, text, "is no date", hint)
    return _calendar(lambda: _within(date.fromisoformat(text)), text, "is no date", hint)


def _time(text: str) -> str:
    hint = f"Write it as 09:30 or 09:30:00; {_NOW}"
    _fit(_TIME, text, "is no time of day", hint)
    return _calendar(lambda: time.fromisoformat(text), text, "is no time of day", hint)


def _datetime(text: str) -> str:
    hint = f"Write it as 2026-01-31T09:30:00Z, with its offset; {_NOW}"
    _fit(_DATETIME, text, "is no moment", hint)
    return _calendar(
        lambda: _within(datetime.fromisoformat(text.replace("Z", "+00:00")).date()),
        text,
        "is no moment",
        hint,
    )


def _uuid(text: str) -> str:
    hint = "Write it in lower case, as in 019a0000-0000-7000-8000-000000000000."
    return _fit(_UUID, text, "is no UUID", hint)


def _email(text: str) -> str:
    return _fit(_EMAIL, text, "is no e-mail address", "Write it as alice@example.com.").lower()


def _url(text: str) -> str:
    return _fit(_URL, text, "is no web address", "Write it as https://example.com/page.")


def _base64(text: str) -> str:
    return _fit(_BASE64, text, "is no base64", "Write bytes in base64, as in aGVsbG8=.")


def _json(text: str) -> str:
    """A value of any shape, as text: writers read it again."""
    try:
        value = json.loads(text, parse_constant=_plain, parse_float=_plain, parse_int=_plain)
    except (ValueError, RecursionError) as error:
        raise UnfitError("is no JSON", _JSON) from error
    if value is None or "\\u" in text:
        raise UnfitError("is no JSON that a field holds", "Write a value, without escapes.")
    return text


def _plain(digits: str) -> float:
    number = float(digits)
    if not abs(number) <= 2**53 - 1:
        raise ValueError(digits)
    return number


def _fit(shape: re.Pattern[str], text: str, message: str, hint: str) -> str:
    if not shape.fullmatch(text):
        raise UnfitError(message, hint)
    return text


def _within(day: date) -> date:
    if not date(1, 1, 2) <= day <= date(9999, 12, 30):
        raise ValueError(day)
    return day


def _calendar(parse: Callable[[], object], text: str, message: str, hint: str) -> str:
    try:
        parse()
    except ValueError as error:
        raise UnfitError(message, hint) from error
    return text


_PARSERS: Mapping[Scalar, Callable[[str], Value]] = MappingProxyType(
    {
        Scalar.STRING: _text,
        Scalar.TEXT: _text,
        Scalar.SLUG: _text,
        Scalar.EMAIL: _email,
        Scalar.URL: _url,
        Scalar.INT: _integer,
        Scalar.BIGINT: _integer,
        Scalar.FLOAT: _float,
        Scalar.DECIMAL: _number,
        Scalar.BOOL: _bool,
        Scalar.DATE: _date,
        Scalar.TIME: _time,
        Scalar.DATETIME: _datetime,
        Scalar.UUID: _uuid,
        Scalar.BYTES: _base64,
        Scalar.JSON: _json,
    }
)
