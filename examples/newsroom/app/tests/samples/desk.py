"""Desks to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Desk
from app.repositories.desk import DeskRepository
from app.schemas.desk import DeskCreate

numbers = itertools.count(1)


def a_desk(**changes: Any) -> dict[str, Any]:
    """What somebody sends to create a desk; no two are alike."""
    n = next(numbers)
    desk = {
        "name": f"Name {n}",
    }
    return desk | changes


async def add_desk(database: Database, /, **changes: Any) -> Desk:
    """Put a desk into the database."""
    values = DeskCreate.model_validate(a_desk(**changes)).model_dump()
    async with database.writes() as session:
        return await DeskRepository(session).save(Desk(**values))
