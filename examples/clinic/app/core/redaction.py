"""Takes out of a log line what no log may hold, wherever in it that hides."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

REDACTED = "[redacted]"
DEPTH = 6
LONGEST = 30_000
"""Room for the longest traceback on a console; what is longer is cut."""

SECRET_NAME = re.compile(
    r"pass(word|wd|phrase)|secret|token|authorization|cookie|credential|api[_-]?key|private[_-]?key"
    r"|dsn|totp|otp_|^(otp|body|headers|params|parameters|query|query_string)$",
    re.IGNORECASE,
)
"""Names of things that are never logged, whatever they hold."""

SUSPECT = re.compile(
    r"@|://|eyJ|bs[mr]_|bearer|basic|pass|cookie|auth|secret|token|credential|key|detail|param|input",
    re.IGNORECASE,
)
"""Without one of these no pattern below can match; most lines have none."""

# Each repetition is bounded: a text of the caller's must not be able to slow the log down.
PATTERNS = (
    # SQLAlchemy's and PostgreSQL's errors repeat the values of a row.
    (re.compile(r"(\[parameters: ).*?(?=\]\n\(Background|\]?\Z)", re.DOTALL), rf"\1{REDACTED}"),
    (
        re.compile(
            r"(DETAIL:|invalid input (?:for query argument \$\d+|syntax for type [\w ]+):)"
            r".*?(?=\n\[SQL: |\n\(Background|\n\nThe above|\n\nDuring|\Z)",
            re.DOTALL,
        ),
        rf"\1 {REDACTED}",
    ),
    # So do Pydantic's.
    (re.compile(r"(\binput_value=).*?(?=, input_type=|\Z)", re.DOTALL), rf"\1{REDACTED}"),
    (re.compile(r"(\b[a-z][a-z0-9+.-]{1,20}://)[^\s\"'<>]{0,256}@", re.I), rf"\1{REDACTED}@"),
    (re.compile(r"(\bhttps?://[^\s?#\"'<>]{1,512}\?)[^\s\"'<>]*", re.I), rf"\1{REDACTED}"),
    (re.compile(r"\beyJ[\w-]{8,}(\.[\w-]*){0,4}"), REDACTED),
    (re.compile(r"\bbs[mr]_[\w-]+"), REDACTED),
    (re.compile(r"(\b(bearer|basic)\s{1,8})[\w.~+/=-]{8,}", re.I), rf"\1{REDACTED}"),
    # These may hold spaces, so they end where the quote or the line does.
    (
        re.compile(
            r"((pass(?:word|wd|phrase)|cookie|authorization)[\w-]{0,40}[\"']?\s{0,8}[:=]\s{0,8})"
            r"(\"[^\"]*\"|'[^']*'|[^\n]+)",
            re.I,
        ),
        rf"\1{REDACTED}",
    ),
    (
        re.compile(
            r"((secret|token|credential|api[_-]?key|private[_-]?key)[\w-]{0,40}[\"']?"
            r"\s{0,8}[:=]\s{0,8})(\"[^\"]*\"|'[^']*'|[^\s,;&)}\]]+)",
            re.I,
        ),
        rf"\1{REDACTED}",
    ),
    (re.compile(r"\b([\w.+%-])[\w.+%-]{0,63}@([\w-]{1,63}(\.[\w-]{1,63})+)"), r"\1***@\2"),
)


def redact(value: Any, depth: int = 0) -> Any:
    """Make a value fit for the log: plain, bounded, and without secrets."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, bytes | bytearray | memoryview) or depth > DEPTH:
        return REDACTED
    if isinstance(value, Mapping):
        return {
            redact_name(str(key)): REDACTED if is_secret(str(key)) else redact(item, depth + 1)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(item, depth + 1) for item in value]
    return redact_text(str(value))


@lru_cache(maxsize=1024)
def is_secret(name: str) -> bool:
    return SECRET_NAME.search(name) is not None


@lru_cache(maxsize=1024)
def redact_name(name: str) -> str:
    return redact_text(name)


def redact_text(text: str) -> str:
    if len(text) > LONGEST:
        # What the cut goes through may be half a secret, which no pattern knows.
        text = f"{text[:LONGEST].rpartition(' ')[0]} ... ({len(text)} characters)"
    if SUSPECT.search(text):
        for pattern, replacement in PATTERNS:
            text = pattern.sub(replacement, text)
    return text
