from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, delete, exists, func, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import joinedload, with_expression

from app.db.page import MOMENT, TEXT, Page, SortKey, first_when_missing, sort_keys
from app.db.rows import EVERY, Rows, any_of, at_least, at_most, holding_any, matching, missing
from app.models import Article
from app.models.article import article_related, article_topics
from app.models.stage import Stage
from app.repositories.base import Repository
from app.schemas.article import ArticleQuery, ArticleSort

TOPIC_IDS = func.array(
    select(article_topics.c.topic_id)
    .where(article_topics.c.article_id == Article.id)
    .order_by(article_topics.c.topic_id)
    .scalar_subquery(),
    type_=ARRAY(Uuid),
)
RELATED_IDS = func.array(
    select(article_related.c.related_id)
    .where(article_related.c.article_id == Article.id)
    .order_by(article_related.c.related_id)
    .scalar_subquery(),
    type_=ARRAY(Uuid),
)
PUBLISHED: Rows = Article.stage == Stage.PUBLISHED
DRAFT: Rows = Article.stage == Stage.DRAFT
SORT_KEYS = sort_keys(
    SortKey(ArticleSort.CREATED_AT, Article.created_at, MOMENT),
    SortKey(ArticleSort.CREATED_AT_DOWN, Article.created_at, MOMENT),
    SortKey(ArticleSort.TITLE, Article.title, TEXT),
    SortKey(ArticleSort.TITLE_DOWN, Article.title, TEXT),
    SortKey(
        ArticleSort.PUBLISHED_AT,
        first_when_missing(Article.published_at, "'0001-01-01 00:00:01+00'::timestamptz"),
        MOMENT,
    ),
    SortKey(
        ArticleSort.PUBLISHED_AT_DOWN,
        first_when_missing(Article.published_at, "'0001-01-01 00:00:01+00'::timestamptz"),
        MOMENT,
    ),
)


def owned_by(user_id: UUID) -> Rows:
    return Article.author_id == user_id


def having_topics(topic_ids: Sequence[UUID] | None) -> Rows:
    if topic_ids is None:
        return EVERY
    return exists().where(
        article_topics.c.article_id == Article.id, article_topics.c.topic_id.in_(topic_ids)
    )


def having_related(related_ids: Sequence[UUID] | None) -> Rows:
    if related_ids is None:
        return EVERY
    return exists().where(
        article_related.c.article_id == Article.id, article_related.c.related_id.in_(related_ids)
    )


class ArticleRepository(Repository[Article]):
    """Every query about articles; each says whose rows it may see."""

    model = Article
    read = select(Article).options(
        joinedload(Article.author, innerjoin=True),
        joinedload(Article.desk, innerjoin=True),
        with_expression(Article.topic_ids, TOPIC_IDS),
        with_expression(Article.related_ids, RELATED_IDS),
    )

    async def page(self, rows: Rows, asked: ArticleQuery) -> Page[Article]:
        query = self.read.where(
            rows,
            matching(Article.search, asked.q),
            any_of(Article.stage, asked.stage),
            any_of(Article.language, asked.language),
            any_of(Article.published_at, asked.published_at),
            at_least(Article.published_at, asked.published_at_gte),
            at_most(Article.published_at, asked.published_at_lte),
            missing(Article.published_at, asked.published_at_isnull),
            any_of(Article.author_id, asked.author_id),
            any_of(Article.desk_id, asked.desk_id),
            having_topics(asked.topic_ids),
            having_related(asked.related_ids),
            holding_any(Article.keywords, asked.keywords),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)

    async def add_topics(self, article: Article, topic_ids: Sequence[UUID]) -> None:
        pairs = [{"article_id": article.id, "topic_id": topic_id} for topic_id in topic_ids]
        if pairs:
            await self._session.execute(insert(article_topics), pairs)

    async def replace_topics(self, article: Article, topic_ids: Sequence[UUID]) -> None:
        mine = article_topics.c.article_id == article.id
        await self._session.execute(delete(article_topics).where(mine))
        await self.add_topics(article, topic_ids)
        await self.change(article, {"updated_at": func.now()})

    async def add_related(self, article: Article, related_ids: Sequence[UUID]) -> None:
        pairs = [{"article_id": article.id, "related_id": related_id} for related_id in related_ids]
        if pairs:
            await self._session.execute(insert(article_related), pairs)

    async def replace_related(self, article: Article, related_ids: Sequence[UUID]) -> None:
        mine = article_related.c.article_id == article.id
        await self._session.execute(delete(article_related).where(mine))
        await self.add_related(article, related_ids)
        await self.change(article, {"updated_at": func.now()})

    async def new_related(self, article: Article, related_ids: Sequence[UUID]) -> list[UUID]:
        """Leave out those that it points to already."""
        mine = select(article_related.c.related_id).where(
            article_related.c.article_id == article.id
        )
        known = set(await self._session.scalars(mine))
        return [related_id for related_id in related_ids if related_id not in known]
