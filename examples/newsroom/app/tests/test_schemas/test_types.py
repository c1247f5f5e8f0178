"""Bytes go in and out as base64."""

from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.settings import ApiSettings
from app.schemas.types import Base64, encoded, sized

BYTES = TypeAdapter(Base64)
MOST = 1_048_576


@pytest.mark.parametrize(
    "value", [b"", b"h", b"he", b"hel", bytes(range(256)), bytes(MOST)], ids=len
)
def test_bytes_come_back_as_they_were(value: bytes) -> None:
    text = encoded(value)

    assert BYTES.validate_python(text, strict=True) == value
    assert BYTES.dump_python(value, mode="json") == text
    assert BYTES.dump_python(value) == value


@pytest.mark.parametrize(
    "text", ["a", "aaa", "aGVsbG8", "aGVsbG8==", "aGVs bG8=", "aGVs\nbG8=", "_-8=", "ä===", "===="]
)
def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="write it in base64"):
        BYTES.validate_python(text, strict=True)


def test_bytes_have_an_end() -> None:
    with pytest.raises(ValidationError):
        BYTES.validate_python(encoded(bytes(MOST + 1)), strict=True)
    with pytest.raises(ValidationError):
        BYTES.validate_python(5, strict=True)


def test_their_length_is_described_as_it_is_written() -> None:
    schema = TypeAdapter(Annotated[bytes, sized(1, 10)]).json_schema()

    assert (schema["minLength"], schema["maxLength"]) == (4, 16)


def test_the_longest_fits_into_a_request() -> None:
    assert len(encoded(bytes(MOST))) + 1024 < ApiSettings().body_limit
