"""The kinds of value that every resource shares, with the bounds of the columns they go to."""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

from annotated_types import GroupedMetadata
from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    HttpUrl,
    PlainSerializer,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

T = TypeVar("T", date, datetime)

DATE = r"\d{4}-\d{2}-\d{2}"
TIME = r"\d{2}:\d{2}:\d{2}(\.\d{1,6})?"
DATE_TIME = rf"{DATE}[Tt ]{TIME}([Zz]|[+-]\d{{2}}:\d{{2}})"
BASE64 = re.compile(r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
HTTP_URL = TypeAdapter(HttpUrl)

AMOUNT = {"type": "string", "pattern": r"^-?[0-9]{1,100}(\.[0-9]{1,100})?$", "examples": ["1"]}
DAY = {
    "type": "string",
    "format": "date",
    "pattern": "^(?!0001-01-01|9999-12-31)",
    "examples": ["2030-12-31"],
}
CLOCK = {
    "type": "string",
    "pattern": r"^([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\.[0-9]{1,6})?$",
    "examples": ["18:30:00"],
}
"""What JSON Schema calls a `time` has an offset; a clock on the wall has none."""
MOMENT = {
    "type": "string",
    "format": "date-time",
    "pattern": "^(?!0001-01-0[1-3]|9999-12-(29|3))",
    "examples": ["2030-12-31T18:30:00Z"],
}
"""With any offset, the days at both ends of time may lie outside of it."""


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


@dataclass(frozen=True, slots=True)
class Described:
    """Adds a pattern to what is said of a type, in lists of it too, where Field would not."""

    pattern: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, describe: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        described = describe(schema) | {"pattern": self.pattern}
        if not all(re.match(self.pattern, each) for each in described.get("examples", ())):
            del described["examples"]
        return described


def decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not BASE64.fullmatch(value):
        raise ValueError("write it in base64, like aGVsbG8=")
    return b64decode(value)


def encoded(value: bytes) -> str:
    return b64encode(value).decode()


@dataclass(frozen=True, slots=True)
class Sized(GroupedMetadata):
    """How many bytes there are, for the one who checks them and for the one who describes them."""

    least: int
    most: int

    def __iter__(self) -> Iterator[Any]:
        yield Field(min_length=self.least, max_length=self.most)
        yield BeforeValidator(decoded)
        yield PlainSerializer(encoded, return_type=str, when_used="json")
        yield WithJsonSchema(
            {
                "type": "string",
                "contentEncoding": "base64",
                "pattern": f"^{BASE64.pattern}$",
                "minLength": -(-self.least // 3) * 4,
                "maxLength": -(-self.most // 3) * 4,
                "examples": [encoded(b"hello"[: self.most].ljust(self.least, b"x"))],
            }
        )


def sized(least: int = 0, most: int = 1_048_576) -> Sized:
    return Sized(least, most)


def mail_address(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        # Its own words repeat parts of the address.
        raise ValueError("write it as ann@example.com") from None


def distinct(ids: list[UUID]) -> list[UUID]:
    if len(set(ids)) < len(ids):
        raise ValueError("send each id once")
    return ids


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
    WithJsonSchema(AMOUNT),
    Field(strict=False),
]
"""Text both ways, since programs that read JSON numbers as floats would lose cents."""

Day = Annotated[
    date,
    written_as(DATE, "write it as 2030-12-31"),
    AfterValidator(between(date(1, 1, 2), date(9999, 12, 30))),
    WithJsonSchema(DAY),
    Field(strict=False),
]
Clock = Annotated[
    time, written_as(TIME, "write it as 18:30:00"), WithJsonSchema(CLOCK), Field(strict=False)
]
Moment = Annotated[
    AwareDatetime,
    written_as(DATE_TIME, "write it as 2030-12-31T18:30:00Z"),
    AfterValidator(between(datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))),
    WithJsonSchema(MOMENT),
    Field(strict=False),
]
"""RFC 3339, with its offset."""
Id = Annotated[UUID, Field(strict=False)]
Base64 = Annotated[bytes, sized()]
"""Bytes, as JSON holds them: in base64 (RFC 4648 section 4)."""
Ids = Annotated[list[Id], AfterValidator(distinct), Field(json_schema_extra={"uniqueItems": True})]

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
