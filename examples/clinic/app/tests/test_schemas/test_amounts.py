"""A pattern says which amounts may be sent: their digits and their bounds."""

import re
from decimal import Decimal
from itertools import product
from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from app.schemas.amounts import Digits, digits
from app.schemas.types import Amount

CENT = Decimal("0.01")
NUMBERS = [
    f"{sign}{cents // 100}{fraction}"
    for sign, cents in product(("", "-"), range(2_000))
    for fraction in {f".{cents % 100:02}", f".{cents % 100:02}".rstrip("0").rstrip(".")}
    if cents or not sign
]
"""Each way to write those that have up to four digits, without zeros that say nothing."""


@pytest.mark.parametrize(
    ("least", "highest"),
    [
        *((None, None), ("0", None), ("0.01", None), ("0.1", None), ("1", "5"), ("0", "9.99")),
        *(("-0.33", "0"), ("-10.5", "9.09"), (None, "-0.01"), (None, "0"), ("1.23", "4.56")),
        *(("0.5", "0.5"), ("-3", "12.34"), ("1.9", "2.1"), ("0.005", "1.999")),
    ],
)
def test_the_pattern_knows_what_is_taken(least: str | None, highest: str | None) -> None:
    ge, le = (None if each is None else Decimal(each) for each in (least, highest))
    told = digits(3, 2, ge=ge, le=le)
    amount = TypeAdapter(Annotated[Amount, told])
    pattern = re.compile(told.pattern)

    def taken(text: str) -> bool:
        try:
            amount.validate_python(text)
        except ValidationError:
            return False
        return True

    assert [text for text in NUMBERS if taken(text) != bool(pattern.search(text))] == []
    assert any(map(taken, NUMBERS))


@pytest.mark.parametrize(
    ("amount", "pattern"),
    [
        (digits(10, 2), r"^-?[0-9]{1,8}(\.[0-9]{1,2})?$"),
        (digits(10, 2, ge=0), r"^[0-9]{1,8}(\.[0-9]{1,2})?$"),
        (digits(4, 0, ge=1), r"^[1-9][0-9]{0,3}$"),
        (digits(6, 2, ge=CENT), r"^(0\.0[1-9]|0\.[1-9][0-9]?|[1-9][0-9]{0,3}(\.[0-9]{1,2})?)$"),
        (digits(5, 2, ge=0, le=100), r"^([0-9]{1,2}(\.[0-9]{1,2})?|100(\.00?)?)$"),
        (digits(3, 3, ge=0), r"^0(\.[0-9]{1,3})?$"),
    ],
)
def test_it_is_as_short_as_it_can_be(amount: Digits, pattern: str) -> None:
    assert amount.pattern == pattern


@pytest.mark.parametrize(
    ("text", "taken"), [("0", True), ("0.999", True), ("1", False), ("-1", False)]
)
def test_an_amount_may_be_all_behind_its_point(text: str, *, taken: bool) -> None:
    amount = TypeAdapter(Annotated[Amount, digits(3, 3)])
    pattern = digits(3, 3).pattern

    if taken:
        assert amount.validate_python(text) == Decimal(text)
    else:
        with pytest.raises(ValidationError):
            amount.validate_python(text)
    assert bool(re.search(pattern, text)) == taken


def test_the_pattern_stands_in_the_description() -> None:
    schema = TypeAdapter(Annotated[Amount, digits(3, 1, ge=1)]).json_schema()

    assert schema["pattern"] == r"^[1-9][0-9]?(\.[0-9])?$"
