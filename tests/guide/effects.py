"""What a step of the guide does to the API, as its readers see it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from backsmith.design import Design

from .description import described
from .surface import Surface, surface

KINDS = ("may", "to create", "to change", "fixed once made", "shown", "lists", "refused with")
WIDTH = 96


def effects(designs: Sequence[Design]) -> list[str]:
    """What each of them does to the one before it."""
    with ThreadPoolExecutor() as pool:
        documents = pool.map(described, designs)
    surfaces = [surface(design, each) for design, each in zip(designs, documents, strict=True)]
    return [effect(old, new) for old, new in pairwise(surfaces)]


def effect(old: Surface, new: Surface) -> str:
    """Each resource that changes, with what is gone (-) and what is new (+)."""
    parts = [(path, _changes(old.get(path, {}), new.get(path, {}))) for path in {**new, **old}]
    return "\n".join("\n".join([f"@@ {path} @@", *lines, ""]) for path, lines in parts if lines)


def _changes(old: dict[str, list[str]], new: dict[str, list[str]]) -> list[str]:
    lines: list[str] = []
    for kind in KINDS:
        was, now = old.get(kind, []), new.get(kind, [])
        lines += _wrapped("-", kind, [fact for fact in was if fact not in now])
        lines += _wrapped("+", kind, [fact for fact in now if fact not in was])
    return lines


def _wrapped(sign: str, kind: str, facts: list[str]) -> list[str]:
    """Facts behind their kind, on as many lines as they need; none of them is broken."""
    lines: list[str] = []
    for fact in facts:
        if lines and len(lines[-1]) + len(fact) + 3 <= WIDTH:
            lines[-1] += f", {fact}"
        elif lines:
            lines[-1] += ","
            lines.append(f"{sign} {' ' * len(kind)}  {fact}")
        else:
            lines.append(f"{sign} {kind}: {fact}")
    return lines
