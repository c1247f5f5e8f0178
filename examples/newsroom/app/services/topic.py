from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Topic
from app.repositories.topic import TopicRepository
from app.schemas.topic import TopicCreate, TopicQuery, TopicUpdate
from app.services.base import existing


class TopicNotFound(NotFound):
    code = "TOPIC_NOT_FOUND"
    error = "There is no such topic."
    detail = "It may be gone, or not be yours to see or change."


class NameTaken(Conflict):
    code = "TOPIC_NAME_TAKEN"
    error = "A topic with this name exists."
    detail = "Choose another name."
    constraint = "uq_topics_name"


class ParentMissing(Conflict):
    code = "TOPIC_PARENT_MISSING"
    error = "There is no such topic."
    detail = "Send the id of a topic that exists as parent_id, or null."
    constraint = "fk_topics_parent_id"


class ParentItself(Conflict):
    code = "TOPIC_PARENT_ITSELF"
    error = "A topic can't refer to itself."
    detail = "Send the id of another topic as parent_id, or null."
    constraint = "ck_topics_parent_id"


def readable(actor: Actor | None) -> Rows:
    """Everybody reads every topic."""
    return EVERY


def creatable(actor: Actor) -> None:
    """Editors create topics."""
    actor.require(Role.EDITOR)


def changeable(actor: Actor) -> Rows:
    """Editors change every topic."""
    actor.require(Role.EDITOR)
    return EVERY


def deletable(actor: Actor) -> Rows:
    """Editors delete every topic."""
    actor.require(Role.EDITOR)
    return EVERY


class TopicService:
    """What people may do with topics."""

    def __init__(self, topics: TopicRepository) -> None:
        self._topics = topics

    async def page(self, actor: Actor | None, asked: TopicQuery) -> Page[Topic]:
        return await self._topics.page(readable(actor), asked)

    async def get(self, actor: Actor | None, topic_id: UUID) -> Topic:
        found = await self._topics.get(readable(actor), topic_id)
        return existing(found, TopicNotFound)

    async def create(self, actor: Actor, data: TopicCreate) -> Topic:
        creatable(actor)
        topic = Topic(**data.model_dump())
        return await self._topics.shown(await self._topics.save(topic))

    async def update(self, actor: Actor, topic_id: UUID, data: TopicUpdate) -> Topic:
        found = await self._topics.lock(changeable(actor), topic_id)
        topic = existing(found, TopicNotFound)
        await self._topics.change(topic, data.model_dump(exclude_unset=True))
        return await self._topics.shown(topic)

    async def delete(self, actor: Actor, topic_id: UUID) -> None:
        found = await self._topics.lock(deletable(actor), topic_id)
        await self._topics.remove(existing(found, TopicNotFound))
