"""Reads a JSON body strictly, before any of it means something."""

import json
from typing import Any, NoReturn

from fastapi import Request

from app.core.errors import AppError, Malformed, Unprocessable

MAX_DIGITS = 400
"""More digits than any column holds; Python itself refuses to read 4,301 of them."""

EXACT = 2**53
"""Above this, not every whole number has a float of its own."""


class NotJson(Malformed):
    code = "NOT_JSON"
    error = "The body is not JSON."
    detail = "Send one JSON document in UTF-8, with each key once, and no NaN or Infinity."


class NotText(Unprocessable):
    code = "NOT_TEXT"
    error = "A text in the body holds half a character."
    detail = "Send surrogates in pairs, or the character itself."


class UnsupportedMedia(AppError):
    status = 415
    code = "UNSUPPORTED_MEDIA_TYPE"
    error = "The body is not of a type that this address reads."
    detail = "Send `Content-Type: application/json`."


async def read_json(request: Request) -> Any:
    """Parse a request's body.

    Raises UnsupportedMedia, NotJson (RFC 8259, and RFC 7493 section 2.3 on duplicate keys) or
    NotText (RFC 7493 section 2.1).
    """
    content = await request.body()
    if content and media_type(request) != "application/json":
        raise UnsupportedMedia
    return parse(content) if content else None


def media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def parse(content: bytes) -> Any:
    try:
        text = content.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_refuse,
            parse_float=_number,
            parse_int=_whole,
        )
    except (ValueError, RecursionError) as error:
        raise NotJson from error
    if "\\u" in text:
        _refuse_half_characters(value)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _number(text: str) -> float | int:
    """Take 3.0 for 3: to JSON they are one number, and programs write either."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) <= EXACT else number


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number of too many digits")
    return int(digits)


def _refuse_half_characters(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotText from error
    except RecursionError as error:
        # Writing goes a few calls deeper than reading did.
        raise NotJson from error
