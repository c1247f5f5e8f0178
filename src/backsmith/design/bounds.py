"""Ranges, digits and patterns of a field: the words that say which values fit."""

import re
from dataclasses import dataclass
from decimal import Decimal

from backsmith.design import regex
from backsmith.design.findings import Findings, quoted
from backsmith.design.model import OWN_BOUNDS, SLUG_PATTERN, Scalar
from backsmith.design.tokens import Word
from backsmith.design.words import DEFAULT_PRECISION, LONGEST_TEXT, MEASURED, MOST_DIGITS

_NUMBER = r"-?[0-9]{1,25}(?:\.[0-9]{1,25})?"
_RANGE = re.compile(rf"({_NUMBER})?\.\.({_NUMBER})?")
_PRECISION = re.compile(r"([0-9]{1,4}),([0-9]{1,4})")

Number = int | Decimal


@dataclass(slots=True)
class Bounds:
    """Which values fit a field: what its words say, filled up with what its type says."""

    scalar: Scalar
    minimum: Number | None = None
    maximum: Number | None = None
    precision: tuple[int, int] | None = None
    pattern: str | None = None


def bounds_of(
    scalar: Scalar,
    limits: Word | None,
    precision: Word | None,
    pattern: Word | None,
    findings: Findings,
) -> Bounds:
    """Read the words that bound a field; a word that can't be taken is a finding and no bound."""
    bounds = Bounds(scalar, *OWN_BOUNDS.get(scalar, (None, None)))
    if scalar is Scalar.DECIMAL:
        bounds.precision = _precision(precision, findings)
    if scalar is Scalar.SLUG:
        bounds.pattern = SLUG_PATTERN
    if limits:
        _take_range(bounds, limits, findings)
    if pattern:
        _take_pattern(bounds, pattern, limits, findings)
    return bounds


def _precision(word: Word | None, findings: Findings) -> tuple[int, int]:
    match = word and _PRECISION.fullmatch(word.text)
    if not word or not match:
        return DEFAULT_PRECISION
    digits, places = int(match[1]), int(match[2])
    if not 1 <= digits <= MOST_DIGITS or places > digits:
        findings.add(
            word.place,
            f"{quoted(word.text)} can't be the digits of a decimal.",
            f"The first number counts all digits, up to {MOST_DIGITS}; the second those after "
            "the point, as in 10,2.",
        )
        return DEFAULT_PRECISION
    return digits, places


def _take_range(bounds: Bounds, word: Word, findings: Findings) -> None:
    match = _RANGE.fullmatch(word.text)
    if not match or word.text == "..":
        findings.add(
            word.place,
            f"{quoted(word.text)} is no range.",
            "Write it in plain digits, as in 1..200, ..200 or 1..",
        )
        return
    low, high = (_number(end, bounds.scalar) for end in match.groups())
    complaint = _complaint(bounds, low, high, match)
    if complaint:
        findings.add(word.place, f"{quoted(word.text)} {complaint[0]}.", complaint[1])
        return
    bounds.minimum = bounds.minimum if low is None else low
    bounds.maximum = bounds.maximum if high is None else high
    if bounds.scalar in MEASURED and not bounds.minimum:
        bounds.minimum = None


def _number(text: str | None, scalar: Scalar) -> Number | None:
    if text is None:
        return None
    whole = scalar in MEASURED or scalar in (Scalar.INT, Scalar.BIGINT)
    return int(text) if whole and "." not in text else Decimal(text)


def _complaint(
    bounds: Bounds, low: Number | None, high: Number | None, match: re.Match[str]
) -> tuple[str, str] | None:
    scalar = bounds.scalar
    ends = [end for end in (low, high) if end is not None]
    text = scalar in MEASURED
    if (text or scalar in (Scalar.INT, Scalar.BIGINT)) and any(
        isinstance(end, Decimal) for end in ends
    ):
        return "has a fraction", f"{'A length' if text else f'An {scalar}'} is a whole number."
    if text:
        most = LONGEST_TEXT[scalar]
        if any(end < 0 for end in ends) or high == 0:
            return "is no length", "Count from 0, up to 1 at least."
        if any(end > most for end in ends):
            more = " `text` holds more." if scalar is Scalar.STRING else ""
            return "is too long", f"A {scalar} holds at most {most} characters.{more}"
    if scalar in (Scalar.INT, Scalar.BIGINT):
        least, most_ = OWN_BOUNDS[scalar]
        if any(not (least or 0) <= end <= (most_ or 0) for end in ends):
            more = " `bigint` holds more." if scalar is Scalar.INT else ""
            return f"is beyond {scalar}", f"It goes from {least} to {most_}.{more}"
    if bounds.precision:
        digits, places = bounds.precision
        if any(abs(end) >= 10 ** (digits - places) for end in ends):
            return "has too many digits", f"There are {digits - places} before the point."
        if any(len(str(end).partition(".")[2]) > places for end in ends):
            return "has too many decimal places", f"There are {places} of them."
    first = bounds.minimum if low is None else low
    last = bounds.maximum if high is None else high
    if first is not None and last is not None and first > last:
        return "runs backwards", f"Write {match[2] or ''}..{match[1] or ''}, the lower one first."
    return None


def _take_pattern(bounds: Bounds, word: Word, limits: Word | None, findings: Findings) -> None:
    if not word.inside:
        if word.inside is not None and word.text == "//":
            findings.add(word.place, "this pattern is empty.", "Write it as /^...$/.")
        return
    try:
        pattern = regex.read(word.inside)
    except regex.PatternError as error:
        place = word.source.at(word.offset + 1 + error.offset)
        findings.add(place, f"in the pattern, {error.message}.", error.hint)
        return
    longest, shortest = pattern.longest, pattern.shortest
    if (bounds.maximum is not None and shortest > bounds.maximum) or (
        longest is not None and bounds.minimum is not None and longest < bounds.minimum
    ):
        findings.add(
            word.place,
            "no text fits both the pattern and the length.",
            f"The pattern takes {shortest} to {longest or 'any number of'} characters.",
        )
        return
    bounds.pattern = pattern.text
    if limits is None and longest and bounds.maximum is not None:
        bounds.maximum = min(longest, bounds.maximum)
