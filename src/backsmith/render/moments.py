"""Defaults that are only known when a row is made: `=now`, in the universal time."""

from backsmith.design.model import Field, Moment, Scalar

PYTHON = {
    Scalar.DATE: "datetime.now(UTC).date()",
    Scalar.TIME: "datetime.now(UTC).time()",
    Scalar.DATETIME: "datetime.now(UTC)",
}


def is_now(field: Field) -> bool:
    return field.default is Moment.NOW


def now_in_python(field: Field) -> str:
    """What the application puts where nothing was sent, as an expression."""
    return PYTHON[Scalar(str(field.type))]


def now_in_sql(field: Field, library: str = "") -> str:
    """What the database puts where nothing was given, as SQLAlchemy has it."""
    if field.type is Scalar.DATETIME:
        return f"{library}func.now()"
    return f'{library}func.timezone("utc", {library}func.now())'
