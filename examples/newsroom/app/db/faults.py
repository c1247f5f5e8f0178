"""What an error of the database means for the request that met it.

SQLAlchemy wraps most of asyncpg's errors as plain `DBAPIError`, so the sqlstate decides
(PostgreSQL, appendix A).
"""

import re
from enum import Enum, auto

from sqlalchemy.exc import DBAPIError

RETRYABLE = {"40001", "40P01"}
"""serialization_failure, deadlock_detected: the same work may well succeed at once."""
AWAY = {"25006", "28000", "28P01", "3D000", "53300", "55P03", "57014", "57P01", "57P02", "57P03"}
"""Read-only after a failover, a login or database that is refused, too many clients, a timeout of
lock or statement, a server that is going or coming."""
ILLEGAL_VALUE = "22"
TOO_LONG_FOR_INDEX = "54000"
CONNECTION = "08"
REPEATED_VALUE = re.compile(
    r"(invalid input (?:for query argument \$\d+|(?:syntax|value) for [\w ]+)): .*?(?=\n\[SQL|\Z)",
    re.DOTALL,
)


class Fault(Enum):
    """Kinds of failure that callers can tell apart."""

    RETRYABLE = auto()
    UNAVAILABLE = auto()
    VALUE = auto()
    BUG = auto()


def fault_of(error: DBAPIError) -> Fault:
    """Tell what kind of failure this is."""
    sqlstate = str(getattr(error.orig, "sqlstate", None) or "")
    if sqlstate in RETRYABLE:
        return Fault.RETRYABLE
    if error.connection_invalidated or sqlstate in AWAY or sqlstate.startswith(CONNECTION):
        return Fault.UNAVAILABLE
    if sqlstate.startswith(ILLEGAL_VALUE) or sqlstate == TOO_LONG_FOR_INDEX:
        return Fault.VALUE
    return Fault.BUG


def violated_constraint(error: DBAPIError) -> str | None:
    """Name the constraint that a write broke."""
    name: str | None = getattr(getattr(error.orig, "__cause__", None), "constraint_name", None)
    return name


def forget_values(*errors: BaseException | None) -> None:
    """Take out of errors, and of their causes, what they repeat of a row: no log may hold it."""
    for error in errors:
        while error is not None:
            error.args = tuple(
                REPEATED_VALUE.sub(r"\1", part) if isinstance(part, str) else part
                for part in error.args
            )
            if isinstance(vars(error).get("detail"), str):
                vars(error)["detail"] = ""
            error = error.__cause__
