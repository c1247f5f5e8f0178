"""What tests of access ask of a route: for a row of Alice's, or with what is to become one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import func, update

from app.db.base import Entity
from app.db.database import Database
from app.tests.access import Line, Refers, bodies
from app.tests.conftest import start_over
from app.tests.kinds import Kind, kind_of, routes_of
from app.tests.people import ALICE, Person

BODIES = bodies()
PEOPLE = {"user_id": ALICE.id, "session_id": ALICE.session}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and the row that it is about or that would come of it."""

    path: str
    body: dict[str, Any]
    row: Mapping[str, Any] = field(default_factory=dict)

    def naming(self, refers: Refers, row_id: UUID) -> "Asked":
        """The same, with this row in the place of one that it refers to."""
        several = refers.field.endswith("_ids")
        own = self.row.get(refers.field) or [] if several else []
        value = [*own[:-1], str(row_id)] if several else str(row_id)
        return replace(self, body=self.body | {refers.field: value})

    async def answer(self, client: AsyncClient, line: Line) -> Response:
        return await client.request(line.method, self.path, json=self.body)


@dataclass(slots=True)
class Scene:
    """One row for many routes: made when it is first asked for."""

    app: FastAPI
    owner: Person = ALICE
    row: Entity | None = None

    async def asks(self, line: Line) -> Asked:
        """What is asked of a route, which has all that it needs."""
        kind = kind_of(routes_of(self.app)[line.route])
        if kind is None:
            return Asked(path_of(line, PEOPLE), {})
        if self.row is None and ("{" in line.path or line.method == "GET"):
            self.row = await kind.row(self._database, self.owner)
        if self.row is not None and line.restores:
            await self._delete(kind)
        row = vars(self.row) if self.row is not None else {}
        path = path_of(line, {**row, f"{kind.stem}_id": row.get("id")})
        if line.method != "POST" or line.route not in BODIES:
            return Asked(path, {}, row)
        sent = await kind.body(self._database, self.owner)
        body = {name: value for name, value in sent.items() if name in BODIES[line.route]}
        return Asked(path, body, sent)

    async def start_over(self) -> None:
        """Forget the row, and all that came of what was asked."""
        self.row = None
        await start_over(self.app)

    async def _delete(self, kind: Kind) -> None:
        assert self.row is not None
        deleted = update(kind.model).where(kind.model.id == self.row.id)
        async with self._database.apart() as session:
            await session.execute(deleted.values(deleted_at=func.now()))

    @property
    def _database(self) -> Database:
        database: Database = self.app.state.database
        return database


def path_of(line: Line, ids: Mapping[str, Any]) -> str:
    return re.sub(r"{(\w+)}", lambda found: str(ids[found[1]]), line.path)
