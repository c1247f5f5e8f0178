from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, Forbidden, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Article
from app.repositories.article import DRAFT, PUBLISHED, ArticleRepository, owned_by
from app.schemas.article import ArticleCreate, ArticleQuery, ArticleUpdate
from app.services.base import Lookup, existing


class ArticleNotFound(NotFound):
    code = "ARTICLE_NOT_FOUND"
    error = "There is no such article."
    detail = "It may be gone, or not be yours to see or change."


class ArticleRefused(Forbidden):
    code = "ARTICLE_REFUSED"
    error = "Your rights don't cover such an article."
    detail = "Nothing was saved. Send values that they cover, or ask somebody with more of them."


class WireIdTaken(Conflict):
    code = "ARTICLE_WIRE_ID_TAKEN"
    error = "An article with this wire id exists."
    detail = "Choose another wire id."
    constraint = "uq_articles_wire_id"


class SlugTaken(Conflict):
    code = "ARTICLE_AUTHOR_SLUG_TAKEN"
    error = "An article of this author with this slug exists."
    detail = "Choose another slug."
    constraint = "uq_articles_author_id_slug"


class DeskMissing(Conflict):
    code = "ARTICLE_DESK_MISSING"
    error = "There is no such desk."
    detail = "Send the id of a desk that exists."
    constraint = "fk_articles_desk_id"


class TopicMissing(Conflict):
    code = "ARTICLE_TOPIC_MISSING"
    error = "One of the topics does not exist."
    detail = "Send ids of topics that exist."
    constraint = "fk_article_topics_topic_id"


class RelatedMissing(Conflict):
    code = "ARTICLE_RELATED_MISSING"
    error = "One of the articles does not exist."
    detail = "Send ids of articles that exist as related_ids."
    constraint = "fk_article_related_related_id"


class RelatedItself(Conflict):
    code = "ARTICLE_RELATED_ITSELF"
    error = "An article can't refer to itself."
    detail = "Leave its own id out of related_ids."
    constraint = "ck_article_related_related_id"


def readable(actor: Actor | None) -> Rows:
    """Everybody reads articles with stage published, owners read their own articles and editors
    read every article.
    """
    if actor is None:
        return PUBLISHED
    if actor.has(Role.EDITOR):
        return EVERY
    return PUBLISHED | owned_by(actor.id)


def creatable(actor: Actor) -> Rows:
    """Writers create articles with stage draft."""
    actor.require(Role.WRITER)
    return DRAFT


def changeable(actor: Actor) -> Rows:
    """Owners change their own articles with stage draft and editors change every article."""
    return EVERY if actor.has(Role.EDITOR) else owned_by(actor.id) & DRAFT


def deletable(actor: Actor) -> Rows:
    """Owners delete their own articles with stage draft and editors delete every article."""
    return EVERY if actor.has(Role.EDITOR) else owned_by(actor.id) & DRAFT


class ArticleService:
    """What people may do with articles."""

    def __init__(self, articles: ArticleRepository, others: Lookup) -> None:
        self._articles = articles
        self._others = others

    async def page(self, actor: Actor | None, asked: ArticleQuery) -> Page[Article]:
        return await self._articles.page(readable(actor), asked)

    async def get(self, actor: Actor | None, article_id: UUID) -> Article:
        found = await self._articles.get(readable(actor), article_id)
        return existing(found, ArticleNotFound)

    async def create(self, actor: Actor, data: ArticleCreate) -> Article:
        rows = creatable(actor)
        await self._others.check_all(actor, data.related_ids, RelatedMissing)
        article = Article(
            author_id=actor.id, **data.model_dump(exclude={"topic_ids", "related_ids"})
        )
        await self._articles.save(article)
        existing(await self._articles.get(rows, article.id), ArticleRefused)
        await self._articles.add_topics(article, data.topic_ids)
        await self._articles.add_related(article, data.related_ids)
        return await self._articles.shown(article)

    async def update(self, actor: Actor, article_id: UUID, data: ArticleUpdate) -> Article:
        rows = changeable(actor)
        found = await self._articles.lock(rows, article_id)
        article = existing(found, ArticleNotFound)
        if "related_ids" in data.model_fields_set:
            added = await self._articles.new_related(article, data.related_ids)
            await self._others.check_all(actor, added, RelatedMissing)
        await self._articles.change(
            article, data.model_dump(exclude_unset=True, exclude={"topic_ids", "related_ids"})
        )
        existing(await self._articles.get(rows, article_id), ArticleRefused)
        if "topic_ids" in data.model_fields_set:
            await self._articles.replace_topics(article, data.topic_ids)
        if "related_ids" in data.model_fields_set:
            await self._articles.replace_related(article, data.related_ids)
        return await self._articles.shown(article)

    async def delete(self, actor: Actor, article_id: UUID) -> None:
        found = await self._articles.lock(deletable(actor), article_id)
        await self._articles.remove(existing(found, ArticleNotFound))
