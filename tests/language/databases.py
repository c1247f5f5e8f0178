"""Databases for projects that tests build: made, migrated, and read back from the catalog."""

import asyncio
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from .catalog import LINES

MIGRATE = """\
import sys
from alembic import command
from alembic.config import Config

config = Config(toml_file="pyproject.toml")
steps = {
    "up": lambda: command.upgrade(config, "head"),
    "down": lambda: command.downgrade(config, "base"),
    "check": lambda: command.check(config),
}
for step in sys.argv[1:]:
    steps[step]()
"""


@dataclass(frozen=True, slots=True)
class Database:
    """One database, for one project."""

    url: str
    redis: str

    @property
    def environment(self) -> dict[str, str]:
        """What a project's programs are told, in place of what tells the tests themselves."""
        own = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")}
        given = {"DATABASE_URL": self.url, "REDIS_URL": self.redis, "ENVIRONMENT": "test"}
        return own | given

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement, and return its rows."""
        return asyncio.run(_run(self.url, statement))

    def new(self, name: str) -> "Database":
        """Make an empty database beside this one."""
        self.run(f'CREATE DATABASE "{name}"')
        url = make_url(self.url).set(database=name).render_as_string(hide_password=False)
        return Database(url, self.redis)

    def migrate(self, project: Path, *steps: str) -> None:
        """Take these steps, of `up`, `down` and `check`, with the migrations of a project."""
        done = subprocess.run(
            [sys.executable, "-c", MIGRATE, *steps],
            cwd=project,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(steps)}:\n{done.stdout}{done.stderr}"

    def tables(self) -> dict[str, list[str]]:
        """What the catalog says of each table, a line for each of its parts."""
        tables: dict[str, list[str]] = {}
        for table, line in self.run(LINES):
            tables.setdefault(table, []).append(line)
        return tables

    def dump(self) -> str:
        """All tables as one text, the same for the same schema."""
        return "\n".join(
            "".join([f"{table}\n", *(f"    {line}\n" for line in lines)])
            for table, lines in self.tables().items()
        )


async def _run(url: str, statement: str) -> list[tuple[Any, ...]]:
    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
    )
    async with engine.connect() as connection:
        result = await connection.execute(text(statement))
        rows = [tuple(row) for row in result] if result.returns_rows else []
    await engine.dispose()
    return rows
