"""The kinds of value that every resource shares, with the bounds of the columns they go to."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    HttpUrl,
    TypeAdapter,
    WithJsonSchema,
)

T = TypeVar("T", date, datetime)

DATE = r"\d{4}-\d{2}-\d{2}"
TIME = r"\d{2}:\d{2}:\d{2}(\.\d{1,6})?"
DATE_TIME = rf"{DATE}[Tt ]{TIME}([Zz]|[+-]\d{{2}}:\d{{2}})"
HTTP_URL = TypeAdapter(HttpUrl)


def written_as(pattern: str, hint: str) -> BeforeValidator:
    """Take text of one form: Pydantic alone would read numbers as moments and amounts, too."""
    form = re.compile(pattern, re.ASCII)

    def check(value: Any) -> Any:
        if isinstance(value, int | float) or (isinstance(value, str) and not form.fullmatch(value)):
            raise ValueError(hint)
        return value

    return BeforeValidator(check)


def between(earliest: T, latest: T) -> Callable[[T], T]:
    def check(value: T) -> T:
        if not earliest <= value <= latest:
            raise ValueError(f"choose one from {earliest:%Y-%m-%d} to {latest:%Y-%m-%d}")
        return value

    return check


def digits(most: int, places: int, *, negative: bool = True) -> Any:
    """Say how many digits an amount has in all, and after its point."""
    sign, whole = "-?" if negative else "", rf"\d{{1,{max(most - places, 1)}}}"
    fraction = rf"(\.\d{{1,{places}}})?" if places else ""
    form = f"^{sign}{whole}{fraction}$"
    return Field(max_digits=most, decimal_places=places, json_schema_extra={"pattern": form})


def mail_address(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        # Its own words repeat parts of the address.
        raise ValueError("write it as ann@example.com") from None


def web_address(value: str) -> str:
    HTTP_URL.validate_python(value)
    return value


Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""PostgreSQL stores every character but NUL."""

Whole = Annotated[int, Field(ge=-2_147_483_648, le=2_147_483_647)]
BigWhole = Annotated[int, Field(ge=-9_007_199_254_740_991, le=9_007_199_254_740_991)]
"""As large as JavaScript reads without loss."""
Real = Annotated[float, Field(allow_inf_nan=False)]
Amount = Annotated[
    Decimal,
    written_as(r"-?\d{1,100}(\.\d{1,100})?", 'write it as text, like "9.50"'),
    WithJsonSchema({"type": "string"}),
    Field(strict=False),
]
"""Text both ways, since programs that read JSON numbers as floats would lose cents."""

Day = Annotated[
    date,
    written_as(DATE, "write it as 2030-12-31"),
    AfterValidator(between(date(1, 1, 2), date(9999, 12, 30))),
    Field(strict=False, examples=["2030-12-31"]),
]
Clock = Annotated[
    time, written_as(TIME, "write it as 18:30:00"), Field(strict=False, examples=["18:30:00"])
]
Moment = Annotated[
    AwareDatetime,
    written_as(DATE_TIME, "write it as 2030-12-31T18:30:00Z"),
    AfterValidator(between(datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))),
    Field(strict=False, examples=["2030-12-31T18:30:00Z"]),
]
"""RFC 3339, with its offset."""
Id = Annotated[UUID, Field(strict=False)]

Email = Annotated[
    str,
    Field(max_length=254, json_schema_extra={"format": "email"}),
    AfterValidator(mail_address),
]
"""An address is the same address in capitals."""
Url = Annotated[
    str,
    Field(max_length=2048, pattern=r"^https?://[^\s\x00]+$", json_schema_extra={"format": "uri"}),
    AfterValidator(web_address),
]
Slug = Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
