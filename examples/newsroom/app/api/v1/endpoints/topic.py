from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Anyone, AskedTopics, Linked, SignedIn, Topics
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Topic
from app.schemas.topic import TopicCreate, TopicPage, TopicRead, TopicUpdate
from app.services.topic import NameTaken, ParentItself, ParentMissing, TopicNotFound

router = APIRouter(prefix="/topics", tags=["topics"], route_class=Route)


@router.get("", response_model=TopicPage, responses=problems(CursorInvalid))
async def list_topics(
    actor: Anyone, topics: Topics, asked: AskedTopics, links: Linked
) -> Page[Topic]:
    """List topics, newest first."""
    return links.paged(await topics.page(actor, asked))


@router.post(
    "",
    response_model=TopicRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(Forbidden, NameTaken, ParentMissing),
)
async def create_topic(actor: SignedIn, topics: Topics, data: TopicCreate, links: Linked) -> Topic:
    """Create a topic."""
    return links.created(await topics.create(actor, data))


@router.get("/{topic_id}", response_model=TopicRead, responses=problems(TopicNotFound))
async def get_topic(actor: Anyone, topics: Topics, topic_id: UUID) -> Topic:
    """Show one topic."""
    return await topics.get(actor, topic_id)


@router.patch(
    "/{topic_id}",
    response_model=TopicRead,
    responses=problems(Forbidden, TopicNotFound, NameTaken, ParentMissing, ParentItself),
)
async def update_topic(actor: SignedIn, topics: Topics, topic_id: UUID, data: TopicUpdate) -> Topic:
    """Change a topic; fields you leave out stay as they are."""
    return await topics.update(actor, topic_id, data)


@router.delete(
    "/{topic_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, TopicNotFound),
)
async def delete_topic(actor: SignedIn, topics: Topics, topic_id: UUID) -> None:
    """Delete a topic."""
    await topics.delete(actor, topic_id)
