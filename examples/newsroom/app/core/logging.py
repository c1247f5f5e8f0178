"""One stream of log lines, ours and the libraries': JSON for machines, or a console's colours."""

import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

import structlog
from structlog.dev import ConsoleRenderer
from structlog.processors import ExceptionRenderer, JSONRenderer, format_exc_info
from structlog.stdlib import ProcessorFormatter
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

from app.core.context import request_id
from app.core.redaction import redact
from app.core.settings import LogSettings

TO_FORMATTER: list[Processor] = [
    structlog.stdlib.filter_by_level,
    structlog.contextvars.merge_contextvars,
    ProcessorFormatter.wrap_for_formatter,
]
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, marks that turn the direction of writing, and halves of characters."""


class StandardOutput(logging.Handler):
    """Writes to what standard output is now; tests and servers move it."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stdout.write(f"{self.format(record)}\n")
            sys.stdout.flush()
        except Exception as error:
            # Python's own complaint would repeat the message, before anything was taken out of it.
            lost = f"A log line of {record.name} was lost: {type(error).__name__}\n"
            sys.stderr.write(lost)


def configure_logging(settings: LogSettings) -> None:
    """Send every line of this process through one formatter that keeps secrets out."""
    structlog.configure(
        processors=TO_FORMATTER,
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = StandardOutput()
    ending = as_json() if settings.format == "json" else for_console()
    handler.setFormatter(ProcessorFormatter(processors=ending))
    root = logging.getLogger()
    for former in [each for each in root.handlers if isinstance(each, StandardOutput)]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(settings.level.upper())
    _take_over_uvicorn()


def _take_over_uvicorn() -> None:
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
    logging.getLogger("uvicorn").propagate = True
    # It logs whole URLs; ours takes its place.
    logging.getLogger("uvicorn.access").propagate = False


def as_json() -> list[Processor]:
    structured = ExceptionDictTransformer(show_locals=False, max_frames=30)
    return [ExceptionRenderer(structured), describe, JSONRenderer()]


def for_console() -> list[Processor]:
    renderer = ConsoleRenderer(
        colors=sys.stdout.isatty(), timestamp_key="ts", sort_keys=False, pad_event_to=24
    )
    return [format_exc_info, describe, on_lines_of_their_own, renderer]


def describe(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Say when, how bad, for which request and by whom; and the rest without its secrets."""
    record: logging.LogRecord = event.pop("_record")
    del event["_from_structlog"]
    clean: EventDict = redact(event)
    return {
        "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "event": clean.pop("event", ""),
        "request_id": request_id.get(),
        "logger": record.name,
        **clean,
    }


def on_lines_of_their_own(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Let no value begin a line or move the cursor: it could pose as another event."""
    traceback = event.pop("exception", None)
    shown = {_printable(key): _printable(value) for key, value in event.items()}
    if traceback is not None:
        shown["exception"] = "\n".join(f"    {_printable(line)}" for line in traceback.split("\n"))
    return shown


def _printable(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
