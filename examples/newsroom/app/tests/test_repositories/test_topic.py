from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import Topic
from app.repositories.topic import TopicRepository
from app.schemas.topic import TopicQuery
from app.tests.queries import stored
from app.tests.samples.topic import a_topic, add_topic


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    topic = await add_topic(database)

    async with database.writes() as session:
        topics = TopicRepository(session)
        assert await topics.get(Topic.id == topic.id, topic.id)
        assert await topics.lock(Topic.id == topic.id, topic.id)
        assert (await topics.page(Topic.id == topic.id, TopicQuery())).items
        assert await topics.get(Topic.id != topic.id, topic.id) is None
        assert await topics.lock(Topic.id != topic.id, topic.id) is None
        assert (await topics.page(Topic.id != topic.id, TopicQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [({"name": "?"}, "ck_topics_name"), ({"parent_id": uuid4()}, "fk_topics_parent_id")],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    topic = await add_topic(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await TopicRepository(session).change(topic, changes)

    assert violated_constraint(caught.value) == constraint


async def test_no_two_topics_share_name(database: Database) -> None:
    same = {"name": a_topic()["name"]}
    await add_topic(database, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_topic(database, **same)

    assert violated_constraint(caught.value) == "uq_topics_name"


async def test_a_removed_row_is_gone(database: Database) -> None:
    topic = await add_topic(database)

    async with database.writes() as session:
        topics = TopicRepository(session)
        found = await topics.lock(EVERY, topic.id)
        assert found
        await topics.remove(found)

    assert await stored(database, topic) is None
