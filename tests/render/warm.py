"""A Python that knows the libraries of every project already, and runs each request in a copy.

To import them takes longer than most of the tests that are asked for. Nothing of a project is
among them: each copy imports the project anew, and ends with its tests.
"""

import gc
import importlib
import json
import os
import sys
from typing import NoReturn, TypedDict

import pytest

LIBRARIES = (
    "alembic.command",
    "anyio.to_thread",
    "asyncpg",
    "email_validator",
    "execnet",
    "fastapi.openapi.utils",
    "httpx",
    "jwt",
    "opentelemetry.propagate",
    "pwdlib.hashers.argon2",
    "pwdlib.hashers.bcrypt",
    "pydantic.networks",
    "pydantic_settings",
    "pygments",
    "python_multipart",
    "redis.asyncio",
    "rich.traceback",
    "sqlalchemy.dialects.postgresql.asyncpg",
    "sqlalchemy.ext.asyncio",
    "structlog",
)


class Request(TypedDict):
    """What pytest is to run, where, and the file that takes what it prints."""

    folder: str
    environment: dict[str, str]
    arguments: list[str]
    output: str


def be_copy(request: Request) -> NoReturn:
    """Run pytest as if Python had just been started for it, and end."""
    code = int(pytest.ExitCode.INTERNAL_ERROR)
    try:
        output = os.open(request["output"], os.O_WRONLY)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.chdir(request["folder"])
        os.environ.clear()
        os.environ.update(request["environment"])
        sys.path.insert(0, request["folder"])
        code = int(pytest.main(request["arguments"]))
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def main() -> None:
    for library in LIBRARIES:
        importlib.import_module(library)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        if (copy := os.fork()) == 0:
            be_copy(json.loads(line))
        _, status = os.waitpid(copy, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
