"""Bytes to test a field with, in base64 as JSON holds them."""

from base64 import b64decode, b64encode
from collections.abc import Iterator

from backsmith.design.model import Field


def in_base64(field: Field, letter: str) -> str:
    """This letter, as often as the field asks for."""
    return b64encode(letter.encode() * max(1, int(field.minimum or 0))).decode()


def greeting(field: Field) -> str:
    """A few bytes that fit, as documents show them."""
    low, high = int(field.minimum or 0), int(field.maximum or 0)
    return b64encode(b"hello").decode() if low <= 5 <= high else in_base64(field, "A")


def no_base64(field: Field) -> Iterator[str | int]:
    """What is no base64, and what is too short or too long once it is read."""
    yield 1
    yield "no base64!"
    yield "QQ"
    if field.minimum:
        yield b64encode(b"A" * (int(field.minimum) - 1)).decode()
    yield "A" * (int(field.maximum or 0) // 3 + 1) * 4


def unstorable(field: Field) -> Iterator[str]:
    """Bytes that a column's check refuses, as expressions."""
    yield f'b"x" * {int(field.maximum or 0) + 1}'
    if field.minimum:
        yield f'b"x" * {int(field.minimum) - 1}'


def bytes_literal(text: str) -> str:
    return repr(b64decode(text))
