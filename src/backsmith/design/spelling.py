"""How a text is spelled in YAML: as it is where that is read back, else between quotes."""

import json
import re

_BEGINS = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|[-?:](?=[^\s,\[\]{}])")
_ENDS_VALUE = re.compile(r":(?=\s|$)|\s#|\s$|[\n\t]")
_ENDS_IN_BRACES = re.compile(r"[,\[\]{}?]|:(?=[,\[\]{}])")
_NO_TEXT = frozenset(["", "~", "null", "true", "false", "<<"])
"""What YAML takes for something else than text."""


def spelled(text: str, *, in_braces: bool = False) -> str:
    """The text as a value of YAML; in braces and brackets fewer texts can do without quotes."""
    return text if _is_plain(text, in_braces=in_braces) else _quoted(text)


def _is_plain(text: str, *, in_braces: bool) -> bool:
    if text.lower() in _NO_TEXT or text.startswith(("---", "...")) or not text.isprintable():
        return False
    if in_braces and _ENDS_IN_BRACES.search(text):
        return False
    return bool(_BEGINS.match(text)) and not _ENDS_VALUE.search(text)


def _quoted(text: str) -> str:
    """Between single quotes if that saves escapes, which only double quotes need."""
    if "'" not in text and text.isprintable() and ('"' in text or "\\" in text):
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)
