"""Lists to test a field with: made of values that fit, or with one too many, or one that doesn't.

What is made here is made of values, which `values` knows.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from backsmith.design.model import Field


def lists_of(field: Field, values: Sequence[Any]) -> list[list[Any]]:
    """Up to three lists that fit: each begins with another value, none is in order if it can be."""
    least, most = int(field.minimum or 0), int(field.maximum or 0)
    size = min(max(least, 2), most)
    backwards = [*reversed(values)]
    return [_filled(backwards[at:] + backwards[:at], size) for at in range(len(values))]


def bad_lists(field: Field, good: Sequence[Any], bad: Sequence[Any]) -> Iterator[Any]:
    """What is no list, too long or too short, or holds one value that doesn't fit."""
    least, most = int(field.minimum or 0), int(field.maximum or 0)
    yield good[0]
    yield {"0": good[0]}
    for value in bad:
        yield [*_filled(good, least - 1), value]
    yield [good[0]] * (most + 1)
    if least:
        yield [good[0]] * (least - 1)


def _filled(values: Sequence[Any], size: int) -> list[Any]:
    """So many of these values, from the first on and over again."""
    return [values[at % len(values)] for at in range(size)]
