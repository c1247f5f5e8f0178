"""Thanks to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Kudos
from app.repositories.kudos import KudosRepository
from app.schemas.kudos import KudosCreate
from app.tests.people import ALICE, BOB, Person

numbers = itertools.count(1)


def a_kudos(**changes: Any) -> dict[str, Any]:
    """What somebody sends to create a kudos; no two are alike."""
    n = next(numbers)
    kudos = {
        "to_person_id": str(BOB.id),
        "for_what": f"For what {n}",
    }
    return kudos | changes


async def add_kudos(database: Database, owner: Person = ALICE, /, **changes: Any) -> Kudos:
    """Put a kudos into the database."""
    values = KudosCreate.model_validate(a_kudos(**changes)).model_dump()
    async with database.writes() as session:
        return await KudosRepository(session).save(Kudos(from_person_id=owner.id, **values))
