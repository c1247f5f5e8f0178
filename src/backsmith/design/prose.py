"""Texts that people wrote for people: docs and examples, made calm before anything uses them."""

import re

from backsmith.design.findings import Findings
from backsmith.design.source import Node, Text

LONGEST_LINE = 500
LONGEST_PROSE = 5_000

_PARAGRAPHS = re.compile(r"\n\s*\n")


def sentence(node: Node, what: str, findings: Findings) -> str | None:
    """A doc on one line, whatever line breaks the file has in it."""
    text = _text(node, what, LONGEST_LINE, findings)
    return " ".join(text.split()) if text else None


def paragraphs(node: Node, what: str, findings: Findings) -> str | None:
    """A doc in paragraphs, each on one line, with an empty line between them."""
    text = _text(node, what, LONGEST_PROSE, findings)
    if not text:
        return None
    return "\n\n".join(" ".join(part.split()) for part in _PARAGRAPHS.split(text.strip()))


def _text(node: Node, what: str, longest: int, findings: Findings) -> str | None:
    if node is None:
        return None
    if not isinstance(node, Text):
        findings.add(node.place, f"{what} is a text.", 'Quote it if it begins with [ or {: "..."')
        return None
    if node.empty or not node.value.strip():
        findings.add(node.place, f"{what} says nothing.", "Write a sentence, or leave it out.")
        return None
    if len(node.value) > longest:
        findings.add(
            node.place, f"{what} is {len(node.value)} characters long.", f"Keep it to {longest}."
        )
        return None
    return node.value
