"""Which characters a design may hold: text that people can see, in UTF-8."""

import re

from backsmith.design.findings import START, Findings, Place, UnreadableError

LARGEST = 256 * 1024
"""Bytes. A hundred resources take some 40 KiB."""

_MOST_TOLD = 10

# Controls but tab and line feed; line and paragraph separators; marks that reorder or hide text;
# lone surrogates; noncharacters; invisible tag characters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)

_NAMES = (
    (0x0, 0x0, "a NUL character"),
    (0x1, 0x9F, "a control character"),
    (0x2028, 0x2029, "a line separator"),
    (0xD800, 0xDFFF, "half of a surrogate pair"),
    (0xFDD0, 0xFDEF, "a noncharacter"),
)


def decode(content: str | bytes, findings: Findings) -> str:
    """The text of a file, without a byte order mark and with line feeds alone."""
    text = _text(content)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    forbidden = list(_FORBIDDEN.finditer(text))
    for match in forbidden[:_MOST_TOLD]:
        findings.add(
            place_of(text, match.start()), f"{_named(match.group())} stands here.", "Leave it out."
        )
    return _FORBIDDEN.sub(" ", text)


def first_forbidden(value: str) -> tuple[int, str] | None:
    """Where a value holds a character that escapes have brought in, and what it is."""
    match = _FORBIDDEN.search(value)
    return (match.start(), _named(match.group())) if match else None


def place_of(text: str, index: int) -> Place:
    before = text[:index]
    return Place(before.count("\n") + 1, index - before.rfind("\n"))


def _text(content: str | bytes) -> str:
    if len(content) > LARGEST:
        raise UnreadableError(
            START,
            f"the file is larger than {LARGEST // 1024} KiB.",
            "A design of a hundred resources takes some 40 KiB; split what this describes.",
        )
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        readable = content[: error.start].decode("utf-8")
        raise UnreadableError(
            place_of(readable, len(readable)),
            f"the byte 0x{content[error.start]:02x} is no UTF-8.",
            "Save the file as text in UTF-8.",
        ) from error


def _named(character: str) -> str:
    number = f"U+{ord(character):04X}"
    for first, last, name in _NAMES:
        if first <= ord(character) <= last:
            return f"{name} ({number})"
    return f"an invisible character ({number})"
