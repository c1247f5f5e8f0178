"""The keys of a block: those that are none of its kind are told, and read as what they meant.

What stands under a misspelt key is looked at as well, so that its findings are told with the
others and not at the next try.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from backsmith.design.findings import Findings, comes_later, listed, nearest, quoted
from backsmith.design.source import Block, Entry, Text


def known_keys(
    block: Block,
    noun: str,
    allowed: tuple[str, ...],
    findings: Findings,
    *,
    synonyms: Mapping[str, str] | None = None,
    later: Iterable[str] = (),
) -> Block:
    """The block as it was most likely meant; each key that `noun` doesn't have is a finding."""
    entries = []
    taken = {entry.key.value for entry in block.entries}
    for entry in block.entries:
        key = entry.key
        if key.value in allowed:
            entries.append(entry)
        elif key.value in later:
            findings.add(key.place, comes_later(key.value))
        else:
            meant = nearest(key.value, allowed, synonyms)
            near = f" Did you mean {quoted(meant)}?" if meant else ""
            message = f"{quoted(key.value)} is not a key of {noun}.{near}"
            findings.add(key.place, message, f"Allowed: {listed(allowed)}.")
            if meant and meant not in taken:
                taken.add(meant)
                entries.append(replace(entry, key=replace(key, value=meant)))
    return Block(tuple(entries), block.place)


def read_flag(entry: Entry | None, findings: Findings) -> bool:
    """A key that is said or not: `deprecated: true`."""
    if entry is None or entry.value is None:
        return False
    node = entry.value
    if isinstance(node, Text) and node.value in ("true", "false"):
        return node.value == "true"
    key = entry.key.value
    findings.add(node.place, f"{key} is either true or false.", f"Write {key}: true.")
    return False
