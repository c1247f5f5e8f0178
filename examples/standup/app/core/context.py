"""What is known about the request at hand, wherever its code runs."""

from contextvars import ContextVar
from dataclasses import dataclass

request_id: ContextVar[str] = ContextVar("request_id", default="-")


@dataclass(slots=True)
class QueryTally:
    """How many statements a request has sent to the database, and how long they took."""

    count: int = 0
    seconds: float = 0.0


queries: ContextVar[QueryTally | None] = ContextVar("queries", default=None)
