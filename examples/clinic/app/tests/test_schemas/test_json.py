"""JSON of any shape is taken where it comes back unchanged."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.schemas.json import DEEPEST, LARGEST, MOST_BYTES, AnyJson

JSON = TypeAdapter(AnyJson)


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        {"colour": "red", "": [None, 1.5, True, {"ü": "📚"}]},
        [],
        {},
        "",
        0,
        False,
        LARGEST,
        -LARGEST,
        1e-300,
        nested(DEEPEST),
        "x" * (MOST_BYTES - 2),
    ],
    ids=str,
)
def test_json_of_any_shape_is_taken(value: Any) -> None:
    assert JSON.validate_python(value, strict=True) == value


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "not null"),
        ("a\0b", "NUL"),
        ({"a\0b": 1}, "NUL"),
        ([{"a": ["\0"]}], "NUL"),
        (LARGEST + 1, "as text"),
        (-(10**400), "as text"),
        ([1e300], "as text"),
        (float("inf"), "as text"),
        ({"a": float("nan")}, "as text"),
        ("\ud800", "surrogates"),
        (nested(DEEPEST + 1), "20 levels"),
        (nested(200), "20 levels"),
        ("x" * (MOST_BYTES - 1), "64 KiB"),
        ("é" * (MOST_BYTES // 2), "64 KiB"),
    ],
    ids=[
        *("null", "nul", "key", "deep-nul", "whole", "huge", "real", "inf", "nan"),
        *("half", "deep", "deeper", "long", "wide"),
    ],
)
def test_what_would_not_come_back_unchanged_is_refused(value: Any, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        JSON.validate_python(value, strict=True)


def test_its_shape_is_described() -> None:
    schema = JSON.json_schema()

    assert schema["$ref"] == "#/$defs/Json"
    described = schema["$defs"]["Json"]["anyOf"]
    assert [each["type"] for each in described] == [
        *("object", "array", "string", "number", "boolean")
    ]
    assert described[0]["propertyNames"] == {"pattern": r"^[^\x00]*$"}
