"""Alembic on a database that was made for it and that nobody needs."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from alembic.config import Config

from app.tests.servers import Run
from dev.migrations import BACKEND


@contextmanager
def revisions_of() -> Iterator[Config]:
    """Point Alembic at the migrated database that a run of the tests would copy."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ENVIRONMENT", "test")
        environment.setenv("DATABASE_URL", Run.current().template)
        yield Config(toml_file=BACKEND / "pyproject.toml")
