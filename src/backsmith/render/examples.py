"""Values that fit a field: shown in the documentation, and sent by tests."""

import json
from decimal import Decimal

from backsmith.design.model import Field, Scalar
from backsmith.render.binary import greeting
from backsmith.render.code import literal, quoted
from backsmith.render.english import capital, words
from backsmith.render.tables import TEXTS
from backsmith.render.texts import fitting, matching

BY_TYPE = {
    Scalar.BOOL: "True",
    Scalar.DATE: '"2030-12-31"',
    Scalar.TIME: '"18:30:00"',
    Scalar.DATETIME: '"2030-12-31T18:30:00Z"',
    Scalar.UUID: '"0198c0de-7a7b-7c0f-8d1e-2f3a4b5c6d7e"',
    Scalar.JSON: '{"colour": "red", "sizes": [1, 2.5]}',
}


NAMES = ("name", "title", "label")
SENTENCE = "A few words, to begin with."


def example(field: Field, noun: str = "") -> str:
    """A value as JSON would hold it, as a Python expression; `noun` says what has a name."""
    if field.item:
        return f"[{', '.join([example(field.item, noun)] * max(int(field.minimum or 0), 1))}]"
    if field.example is not None:
        return _given(field, field.example)
    if field.enum:
        return quoted(field.enum.values[0])
    if field.type is Scalar.BYTES:
        return quoted(greeting(field))
    if field.type is Scalar.DECIMAL:
        return quoted(str(amount(field)))
    if field.type in (Scalar.INT, Scalar.BIGINT, Scalar.FLOAT):
        return str(count(field))
    if field.type in TEXTS:
        return quoted(_text(field, noun))
    return BY_TYPE[Scalar(str(field.type))]


def _text(field: Field, noun: str) -> str:
    match field.type:
        case Scalar.EMAIL:
            return fitting(field, "carol@example.com", 0)
        case Scalar.URL:
            return fitting(field, "https://example.com/", 0)
        case Scalar.SLUG:
            return fitting(field, field.name.replace("_", "-"), 0)
    if field.pattern:
        return matching(field, 2)[-1]
    if field.type is Scalar.TEXT and len(SENTENCE) <= (field.maximum or 0):
        return fitted(field, SENTENCE)
    named = noun and field.name in NAMES
    return fitted(field, f"First {noun}" if named else capital(words(field.name)))


def count(field: Field) -> int | float:
    """A whole number within a field's bounds, as small as a person would write it."""
    low = field.minimum if field.minimum is not None else 0
    high = field.maximum if field.maximum is not None else 100
    return min(max(3, int(low) + (0 if low == int(low) else 1)), int(high))


def amount(field: Field) -> Decimal:
    """An amount within a field's bounds and digits."""
    digits, places = field.precision or (1, 0)
    unit = Decimal(1).scaleb(-places)
    low = Decimal(field.minimum) if field.minimum is not None else None
    high = Decimal(field.maximum) if field.maximum is not None else Decimal(10) ** (digits - places)
    wanted = Decimal("9.5") if places else Decimal(9)
    if digits == places:
        wanted = Decimal("0.5")
    if low is not None and wanted < low:
        wanted = low
    return min(wanted, high - unit if field.maximum is None else high).quantize(unit)


def fitted(field: Field, text: str) -> str:
    """A text, cut or stretched to the length that a field asks for."""
    low, high = int(field.minimum or 0), int(field.maximum or len(text))
    return text[:high].ljust(low, "x")


def _given(field: Field, text: str) -> str:
    match field.type:
        case Scalar.INT | Scalar.BIGINT:
            return str(int(text))
        case Scalar.FLOAT:
            return str(float(text))
        case Scalar.JSON:
            return repr(json.loads(text))
        case Scalar.BOOL:
            return literal(field, text == "true")
    return quoted(text)
