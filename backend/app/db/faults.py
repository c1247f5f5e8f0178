"""What an error of the database means for the request that met it.

SQLAlchemy wraps most of asyncpg's errors as plain `DBAPIError`, so the sqlstate decides
(PostgreSQL, appendix A).
"""

from enum import Enum, auto

from sqlalchemy.exc import DBAPIError

RETRYABLE = {"40001", "40P01"}
"""serialization_failure, deadlock_detected: the same work may well succeed at once."""
AWAY = {"25006", "53300", "55P03", "57014", "57P01", "57P02", "57P03"}
"""Read-only after a failover, too many clients, a timeout of lock or statement, server going."""
ILLEGAL_VALUE = "22"
CONNECTION = "08"


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
    return Fault.VALUE if sqlstate.startswith(ILLEGAL_VALUE) else Fault.BUG


def violated_constraint(error: DBAPIError) -> str | None:
    """Name the constraint that a write broke."""
    name: str | None = getattr(getattr(error.orig, "__cause__", None), "constraint_name", None)
    return name
