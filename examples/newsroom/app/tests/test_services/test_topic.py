from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import Topic
from app.repositories.topic import TopicRepository
from app.schemas.topic import TopicCreate, TopicUpdate
from app.services.topic import (
    TopicNotFound,
    TopicService,
    changeable,
    creatable,
    deletable,
    readable,
)
from app.tests.people import ADMIN, ALICE, EDITOR, WRITER, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(TopicRepository, instance=True)


@pytest.fixture
def topics(repository: Any) -> TopicService:
    return TopicService(repository)


def test_a_visitor_reads_every_topic() -> None:
    assert readable(None).compare(EVERY)


@pytest.mark.parametrize(
    ("right", "person"),
    [
        (readable, ALICE),
        (readable, WRITER),
        (readable, EDITOR),
        (readable, ADMIN),
        (changeable, EDITOR),
        (deletable, EDITOR),
    ],
)
def test_some_reach_every_topic(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [creatable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, WRITER, ADMIN])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_a_new_topic_holds_what_was_sent(topics: TopicService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda topic: topic

    topic = await topics.create(EDITOR.actor, TopicCreate(name="a"))

    assert topic.name == "a"


async def test_only_what_was_sent_is_changed(topics: TopicService, repository: Any) -> None:
    topic = repository.lock.return_value = Topic(id=uuid4())

    await topics.update(EDITOR.actor, topic.id, TopicUpdate(name="a"))

    repository.change.assert_awaited_once_with(topic, {"name": "a"})


async def test_a_row_out_of_reach_is_not_found(topics: TopicService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(TopicNotFound):
        await topics.get(EDITOR.actor, nowhere)
    with pytest.raises(TopicNotFound):
        await topics.update(EDITOR.actor, nowhere, TopicUpdate())
    with pytest.raises(TopicNotFound):
        await topics.delete(EDITOR.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    topics: TopicService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await topics.create(ALICE.actor, TopicCreate(name="a"))
    with pytest.raises(Forbidden):
        await topics.update(ALICE.actor, uuid4(), TopicUpdate())
    with pytest.raises(Forbidden):
        await topics.delete(ALICE.actor, uuid4())

    assert repository.mock_calls == []
