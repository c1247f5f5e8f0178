"""Reads the outside of a signed token, strictly, before anything in it is believed.

One content has one spelling: what two programs could read in two ways is refused
(RFC 7515 section 7.1, RFC 8725 section 2.4).
"""

import binascii
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

MAX_LENGTH = 8192
SEGMENT = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


class NotCompact(ValueError):
    """This is no signed token at all."""


@dataclass(frozen=True, slots=True)
class Unverified:
    """What a token says of itself; anybody may have written it."""

    header: dict[str, Any]
    payload: dict[str, Any]


def look_at(token: str) -> Unverified:
    """Take a token apart; raises NotCompact where it is not made as signed tokens are."""
    if len(token) > MAX_LENGTH:
        raise NotCompact("too long")
    segments = token.split(".")
    if len(segments) != 3 or not all(map(SEGMENT.fullmatch, segments)):
        raise NotCompact("not three segments")
    header, payload, _ = map(_decoded, segments)
    return Unverified(header=_object(header), payload=_object(payload))


def _decoded(segment: str) -> bytes:
    try:
        content = urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except binascii.Error as error:
        raise NotCompact("not base64url") from error
    # The last character has bits to spare.
    if urlsafe_b64encode(content).decode().rstrip("=") != segment:
        raise NotCompact("another spelling")
    return content


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise NotCompact("not JSON") from error
    if not isinstance(found, dict):
        raise NotCompact("not an object")
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotCompact("a key stands twice")
    return found
