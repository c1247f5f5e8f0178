"""How many there may be, of links or of values: what a range says of a field that holds many."""

import re

from backsmith.design.findings import Findings, quoted
from backsmith.design.model import MOST_ITEMS
from backsmith.design.tokens import Word

_COUNTS = re.compile(r"([0-9]{1,4})?\.\.([0-9]{1,4})?")


def counts(word: Word | None, what: str, limit: int, findings: Findings) -> tuple[int, int]:
    """The least and the most; a range that can't be is a finding and says nothing."""
    if word is None:
        return 0, MOST_ITEMS
    match = _COUNTS.fullmatch(word.text)
    least = int(match[1] or 0) if match else 0
    most = int(match[2] or max(MOST_ITEMS, least)) if match else MOST_ITEMS
    if not match or word.text == ".." or least > most or not 1 <= most <= limit:
        findings.add(
            word.place,
            f"{quoted(word.text)} is no count of {what}.",
            f"Count from 0, up to {limit}, the lower one first, as in 1..10 or ..20.",
        )
        return 0, MOST_ITEMS
    return least, most
