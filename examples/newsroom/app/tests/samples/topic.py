"""Topics to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Topic
from app.repositories.topic import TopicRepository
from app.schemas.topic import TopicCreate

numbers = itertools.count(1)


def a_topic(**changes: Any) -> dict[str, Any]:
    """What somebody sends to create a topic; no two are alike."""
    n = next(numbers)
    topic = {
        "name": f"name-{n}",
    }
    return topic | changes


async def add_topic(database: Database, /, **changes: Any) -> Topic:
    """Put a topic into the database."""
    values = TopicCreate.model_validate(a_topic(**changes)).model_dump()
    async with database.writes() as session:
        return await TopicRepository(session).save(Topic(**values))
