"""What tests send fits where it should fit, and differs where rows must differ."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from backsmith.design.model import Field, Scalar
from backsmith.design.values import UnfitError, value_of
from backsmith.render.tables import TEXTS
from backsmith.render.texts import misfits
from backsmith.render.values import Json, numbered, refused, sample, several

from .designs import field_of

WORDS = [
    "string",
    "string ..3",
    "string ..1",
    "string 12..12",
    "string 300..400",
    "string /^97[89][0-9]{10}$/",
    "string /^[A-Z]{2}$/",
    r"string /^[A-Z]{3}-\d{4}$/",
    "string /^(ab|cd)+x?$/",
    "string /^[a-z]+$/ 5..9",
    "string /^[a-z]+(-[a-z]+)*$/ 40..60",
    "text 1..9000",
    "slug",
    "slug ..3",
    "slug 30..40",
    "email",
    "email 80..90",
    "url",
    "url ..20",
    "url 100..120",
    "int",
    "int 1..5",
    "int -5..-3",
    "int 7..7",
    "int 2000000..",
    "bigint",
    "float",
    "float 0..1",
    "float -0.5..0.5",
    "decimal 10,2",
    "decimal 10,2 0..",
    "decimal 4,4 0..",
    "decimal 8,2 -5.50..-0.50",
    "decimal 3,0 998..",
    "bool",
    "date",
    "time",
    "datetime",
    "uuid",
    "enum draft,review,published",
    "enum only",
    "enum a,b",
]
KNOWN = {"date": date, "timedelta": timedelta, "Decimal": Decimal}


def fits(field: Field, value: Json) -> None:
    """Expect the design language to take this as a value of the field."""
    if isinstance(value, bool):
        assert field.type is Scalar.BOOL
        return
    value_of(field, f"{value:g}" if isinstance(value, float) else str(value))


@pytest.mark.parametrize("words", WORDS)
def test_values_fit_their_field_and_rise(words: str) -> None:
    field = field_of(words)
    values = several(field)

    assert values
    for value in values:
        fits(field, value)
    known: list[Any] = [Decimal(str(each)) for each in values] if field.precision else [*values]
    assert known == sorted(known) or field.enum
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("words", WORDS)
def test_a_sample_fits_its_field(words: str) -> None:
    field = field_of(words)

    fits(field, eval(sample(field)))  # an expression that we wrote ourselves


@pytest.mark.parametrize("words", WORDS)
def test_numbers_make_different_values_as_long_as_there_are_any(words: str) -> None:
    field = field_of(words)
    expression, size = numbered(field)
    count = min(size or 2_000, 2_000)

    values = [eval(expression, KNOWN, {"n": n}) for n in range(1, count + 1)]

    assert len(set(values)) == count
    for value in values:
        fits(field, value)


@pytest.mark.parametrize("words", WORDS)
def test_what_is_refused_does_not_fit(words: str) -> None:
    field = field_of(words)

    assert None in refused(field)
    assert None not in refused(
        field_of(words.replace(" ", "? ", 1) if " " in words else f"{words}?")
    )
    if field.type in TEXTS:
        for text in misfits(field):
            with pytest.raises(UnfitError):
                value_of(field, str(text) if text != 1 else "\n")
