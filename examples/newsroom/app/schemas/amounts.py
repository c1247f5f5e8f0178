"""How many digits an amount has, and its bounds.

JSON Schema bounds numbers alone, and amounts are text: a pattern says what may be sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import ceil, floor
from typing import Any, TypeAlias

from annotated_types import GroupedMetadata
from pydantic import Field

from app.schemas.types import Described

Digit: TypeAlias = tuple[int, int]
"""The lowest and the highest that may stand at one place."""
Row: TypeAlias = tuple[Digit, ...]

ANY = (0, 9)


@dataclass(frozen=True, slots=True)
class Digits(GroupedMetadata):
    """How an amount is written, for the one who checks it and for the one who describes it."""

    most: int
    places: int
    least: Decimal | None
    highest: Decimal | None

    def __iter__(self) -> Iterator[Any]:
        # To Pydantic the zero before the point is a digit where no other stands there.
        yield Field(max_digits=max(self.most, self.places + 1), decimal_places=self.places)
        yield Field(ge=self.least, le=self.highest)
        yield Described(self.pattern)

    @property
    def pattern(self) -> str:
        above = self._sizes(self.least, self.highest)
        below = self._sizes(_opposite(self.highest), _opposite(self.least))
        if above == below:
            return f"^-?{above}$"
        if self.least is not None and self.least >= 0:
            return f"^{above}$"
        return f"^({above}|-{below})$" if above else f"^-{below}$"

    def _sizes(self, low: Decimal | None, high: Decimal | None) -> str:
        """Say which numbers lie between two bounds, of those that have no sign."""
        units = 10**self.places
        width = max(self.most - self.places, 1) + self.places
        largest = 10**self.most - 1
        first = 0 if low is None else max(ceil(Fraction(low) * units), 0)
        last = largest if high is None else min(floor(Fraction(high) * units), largest)
        if first > last:
            return ""
        rows = between(f"{first:0{width}}", f"{last:0{width}}")
        patterns = list(_written(rows, self.places))
        return f"({'|'.join(patterns)})" if len(patterns) > 1 else patterns[0]


def digits(
    most: int, places: int, *, ge: Decimal | int | None = None, le: Decimal | int | None = None
) -> Digits:
    """Say how many digits an amount has in all and after its point, and its bounds."""
    least, highest = (None if bound is None else Decimal(bound) for bound in (ge, le))
    if most == places:
        nines = Decimal("0." + "9" * places)
        least, highest = -nines if least is None else least, nines if highest is None else highest
    return Digits(most, places, least, highest)


def between(low: str, high: str) -> Iterator[Row]:
    """All numbers from one to another of the same width, in as few rows of digits as do."""
    if not low:
        yield ()
        return
    first, last, rest = int(low[0]), int(high[0]), len(low) - 1
    if first == last:
        yield from (((first, first), *row) for row in between(low[1:], high[1:]))
        return
    if low[1:] != "0" * rest:
        yield from (((first, first), *row) for row in between(low[1:], "9" * rest))
        first += 1
    cut = high[1:] != "9" * rest
    if first <= last - cut:
        yield ((first, last - cut), *[ANY] * rest)
    if cut:
        yield from (((last, last), *row) for row in between("0" * rest, high[1:]))


def _opposite(bound: Decimal | None) -> Decimal | None:
    return None if bound is None else -bound


def _written(rows: Iterator[Row], places: int) -> Iterator[str]:
    """A pattern for each row; rows that differ in nothing but their length share one."""
    halves = [(_begun(row[: len(row) - places]), row[len(row) - places :]) for row in rows]
    for (first, rest, fraction), run in groupby(halves, _but_for_the_length):
        lengths = [len(whole) - 1 for whole, _ in run]
        if rest:
            whole = "".join(map(_one, (first, *rest)))
        elif first == ANY:
            whole = _several(1, lengths[-1] + 1)
        elif first[0] == 0 and lengths[-1]:
            whole = f"{_one(first)}?{_several(1, lengths[-1])}"
        else:
            whole = _one(first) + _several(lengths[0], lengths[-1])
        yield whole + _after_the_point(fraction)


def _begun(whole: Row) -> Row:
    """A number without the zeros before it."""
    start = next((at for at, digit in enumerate(whole) if digit != (0, 0)), len(whole) - 1)
    return whole[start:]


def _but_for_the_length(halves: tuple[Row, Row]) -> tuple[Digit, Row, Row]:
    (first, *rest), fraction = halves
    return first, () if set(rest) <= {ANY} else tuple(rest), fraction


def _after_the_point(fraction: Row) -> str:
    if not fraction:
        return ""
    if _may_be_zero(fraction):
        return rf"(\.{_decimals(fraction)})?"
    return rf"\.{_decimals(fraction)}"


def _decimals(fraction: Row) -> str:
    """The zeros that a number ends with may be left out."""
    first, rest = fraction[0], fraction[1:]
    if set(fraction) == {ANY}:
        return _several(1, len(fraction))
    if set(rest) <= {ANY}:
        return _one(first) + _several(0, len(rest))
    if not _may_be_zero(rest):
        return _one(first) + _decimals(rest)
    return _one(first) + (f"({_decimals(rest)})?" if len(rest) > 1 else f"{_one(rest[0])}?")


def _may_be_zero(row: Row) -> bool:
    return all(low == 0 for low, _ in row)


def _several(least: int, most: int) -> str:
    """Digits of any kind, so many of them."""
    if most == 0:
        return ""
    if least == most:
        return "[0-9]" + (f"{{{most}}}" if most > 1 else "")
    return "[0-9]" + ("?" if most == 1 else f"{{{least},{most}}}")


def _one(digit: Digit) -> str:
    low, high = digit
    return str(low) if low == high else f"[{low}-{high}]"
