"""Values to test a field with: some that fit, some that don't, and one for each number."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any, TypeAlias

from backsmith.design.model import Empty, Enum, Field, Scalar
from backsmith.render.binary import greeting, in_base64, no_base64
from backsmith.render.code import number, quoted
from backsmith.render.examples import amount, count, example
from backsmith.render.list_values import bad_lists, lists_of
from backsmith.render.tables import TEXTS
from backsmith.render.texts import letters, misfits, numbered_text, one_of

Json: TypeAlias = str | int | float | bool | list[Any] | dict[str, Any] | None

WHOLE = {Scalar.INT, Scalar.BIGINT}
REFUSED: dict[Scalar, tuple[Json, ...]] = {
    Scalar.INT: ("3", True, 1.5),
    Scalar.BIGINT: ("3", True, 1.5),
    Scalar.FLOAT: ("3", True),
    Scalar.DECIMAL: (9.5, "nine", "1e3"),
    Scalar.BOOL: ("true", 1),
    Scalar.DATE: ("tomorrow", 20301231, "0001-01-01"),
    Scalar.TIME: ("noon", "25:00:00"),
    Scalar.DATETIME: ("now", 1924972200, "2030-12-31T18:30:00"),
    Scalar.UUID: ("not-an-id", 1),
    Scalar.JSON: (
        *("NUL \0", {"NUL \0": 1}, [{"deep": "\0"}], 2**53, [1e300], "x" * 65_536),
        [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]],
    ),
}
"""What a type itself refuses, as JSON would hold it; texts are in their own module."""
MISREAD: dict[Scalar, str] = {
    Scalar.BOOL: "perhaps",
    Scalar.DATE: "tomorrow",
    Scalar.TIME: "noon",
    Scalar.DATETIME: "now",
    Scalar.UUID: "not-an-id",
}
"""What a list can't be asked for, where the address holds nothing but text."""


def spelt(value: Json) -> str:
    """A value as an expression; a long run of one letter, or of one value, as a product."""
    if isinstance(value, list) and len(value) > 2 and value == value[:1] * len(value):
        return f"[{spelt(value[0])}] * {len(value)}"
    if isinstance(value, list):
        return f"[{', '.join(map(spelt, value))}]"
    if not isinstance(value, str):
        return repr(value)
    if len(value) > 8 and len(set(value)) == 1:
        return f"{quoted(value[0])} * {len(value)}"
    return quoted(value)


def several(field: Field) -> list[Json]:
    """Up to three values that fit, the lowest first."""
    if field.item:
        return [*lists_of(field, several(field.item))]
    if field.type in TEXTS:
        return list(letters(field))
    if field.type in WHOLE or field.type is Scalar.FLOAT:
        return list(_numbers(field))
    if field.type is Scalar.DECIMAL:
        return list(_amounts(field))
    found: dict[Scalar, list[Json]] = {
        Scalar.BOOL: [False, True],
        Scalar.DATE: ["2030-01-01", "2030-01-02", "2030-01-03"],
        Scalar.TIME: ["08:00:00", "09:30:00", "18:00:00"],
        Scalar.DATETIME: [f"2030-01-0{day}T18:30:00Z" for day in (1, 2, 3)],
        Scalar.UUID: [f"00000000-0000-7000-a000-{digit * 12}" for digit in "123"],
        Scalar.JSON: [{"size": 1, "of": None}, ["red", 2.5, {"": True}], "words"],
    }
    if field.type is Scalar.BYTES:
        return [in_base64(field, letter) for letter in "ABC"]
    return list(field.enum.values[:3]) if field.enum else found[Scalar(str(field.type))]


def refused(field: Field) -> list[Json]:
    """Values that a field's type, bounds or pattern refuse, as JSON holds them."""
    found: list[Json] = [] if field.optional else [None]
    if field.item:
        return found + list(bad_lists(field, several(field.item), refused(field.item)))
    if field.type in TEXTS:
        return found + list(misfits(field))
    if field.enum:
        return [*found, *strangers(field.enum), 1]
    if field.type is Scalar.BYTES:
        return [*found, *no_base64(field)]
    found += REFUSED[Scalar(str(field.type))]
    return found + list(beyond(field))


def misread(field: Field) -> Json:
    """A value that a list can't be asked for, or `None` where any will do."""
    if field.item:
        return misread(field.item)
    if field.type in TEXTS:
        return next((each for each in misfits(field) if isinstance(each, str) and each), None)
    if field.enum:
        return next(strangers(field.enum))
    return MISREAD.get(Scalar(str(field.type)), "many")


def strangers(enum: Enum) -> Iterator[str]:
    """Words that are none of an enum's values, though one may look like it."""
    near = enum.values[0].swapcase()
    yield from (each for each in ("unheard_of", near, "") if each not in enum.values)


def beyond(field: Field) -> Iterator[Json]:
    """The nearest values outside of a number's bounds and digits."""
    if field.type is Scalar.DECIMAL:
        yield from _amounts_beyond(field)
        return
    if field.type not in WHOLE and field.type is not Scalar.FLOAT:
        return
    step = 1 if field.type in WHOLE else 0.5
    for bound, sign in ((field.minimum, -1), (field.maximum, 1)):
        if bound is not None:
            yield _plain(bound) + sign * step


def default_shown(field: Field) -> Json:
    """What an answer shows of a field that was left out."""
    value = field.default
    if value is None:
        return None
    if value is Empty.LIST:
        return []
    match field.type:
        case Scalar.DECIMAL:
            return str(Decimal(str(value)).quantize(unit(field)))
        case Scalar.TIME:
            return time.fromisoformat(str(value)).isoformat()
        case Scalar.DATETIME:
            moment = datetime.fromisoformat(str(value)).astimezone(UTC)
            return moment.isoformat().replace("+00:00", "Z")
        case Scalar.FLOAT:
            return float(str(value))
    return str(value) if isinstance(value, Decimal) else value


def sample(field: Field) -> str:
    """One value that fits, as an expression."""
    if field.item:
        return spelt(several(field)[0])
    if field.type in TEXTS or field.type is Scalar.DECIMAL:
        return spelt(str(amount(field))) if field.precision else spelt(letters(field)[0])
    if field.type in WHOLE or field.type is Scalar.FLOAT:
        return str(count(field))
    if field.type is Scalar.BYTES:
        return quoted(greeting(field))
    return example(Field(field.name, field.type))


def numbered(field: Field) -> tuple[str, int | None]:
    """An expression of `n` that differs from number to number, and for how many (None: all)."""
    match field.type:
        case Scalar.INT | Scalar.BIGINT:
            return _whole_numbered(field)
        case Scalar.DECIMAL:
            return _amount_numbered(field)
        case Scalar.DATE:
            return "str(date(2030, 1, 1) + timedelta(days=n))", None
        case Scalar.TIME:
            return 'f"{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}"', None
        case Scalar.DATETIME:
            day = "date(2030, 1, 1) + timedelta(days=n)"
            return f'f"{{{day}}}T18:30:00Z"', None
        case Scalar.UUID:
            return 'f"00000000-0000-7000-a000-{n:012}"', None
    if field.enum:
        return one_of(field.enum.values)
    return numbered_text(field) if field.type in TEXTS else (sample(field), 1)


def unit(field: Field) -> Decimal:
    """The smallest step of an amount."""
    return Decimal(1).scaleb(-(field.precision or (1, 0))[1])


def _plain(bound: int | Decimal) -> int | float:
    return int(bound) if bound == int(bound) else float(bound)


def _numbers(field: Field) -> Iterator[int | float]:
    low, high = field.minimum, field.maximum
    start = max(1, -(-low // 1)) if low is not None else 1
    if high is not None and start + 2 > high:
        start = max(low if low is not None else high - 2, high - 2)
    for step in range(3):
        if high is None or start + step <= high:
            yield _plain(Decimal(start + step))


def _amounts(field: Field) -> Iterator[str]:
    low, high = _reach(field)
    step = Decimal(1) if low + 2 <= high else unit(field)
    start = max(low, step)
    if start + 2 * step > high:
        start = max(low, high - 2 * step)
    for count_ in range(3):
        if start + count_ * step <= high:
            yield str((start + count_ * step).quantize(unit(field)))


def _reach(field: Field) -> tuple[Decimal, Decimal]:
    digits, places = field.precision or (1, 0)
    most = Decimal(10) ** (digits - places) - unit(field)
    low = Decimal(field.minimum) if field.minimum is not None else -most
    return low, Decimal(field.maximum) if field.maximum is not None else most


def fits(field: Field, text: str) -> bool:
    """Whether an amount is one that a field takes."""
    low, high = _reach(field)
    return low <= Decimal(text) <= high and (field.precision or (1, 0))[1] == 2


def _amounts_beyond(field: Field) -> Iterator[str]:
    digits, places = field.precision or (1, 0)
    for bound, sign in ((field.minimum, -1), (field.maximum, 1)):
        if bound is not None:
            yield str(Decimal(bound).quantize(unit(field)) + sign * unit(field))
    yield "9" * (digits - places + 1)
    yield f"0.{'0' * places}1"


def _whole_numbered(field: Field) -> tuple[str, int | None]:
    low, high = int(field.minimum or 0), int(field.maximum or 0)
    if low <= 1 and high >= 1_000_000:
        return "n", None
    size = high - low + 1
    if size > 1_000_000:
        return f"{number(low)} + n", None
    start = f"{number(low)} + " if low else ""
    return f"{start}n % {number(size)}", size


def _amount_numbered(field: Field) -> tuple[str, int | None]:
    low, high = _reach(field)
    places = (field.precision or (1, 0))[1]
    if low <= 1 and high >= 1_000_000:
        return f'f"{{n}}.{"0" * places}"' if places else "str(n)", None
    start = low if field.minimum is not None else Decimal(0).quantize(unit(field))
    start = start.quantize(unit(field))
    size = int((high - start) / unit(field)) + 1
    some = "n" if size > 1_000_000 else f"n % {number(size)}"
    many = f"({some}) * Decimal({quoted(str(unit(field)))})"
    return f"str(Decimal({quoted(str(start))}) + {many})", None if size > 1_000_000 else size
