from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Article, Comment, Desk, Topic
from app.models.article import ArticleLanguage, article_related, article_topics
from app.models.stage import Stage
from app.tests.people import ADMIN, ALICE, BOB

DESKS: list[dict[str, Any]] = [
    {"id": UUID("00000000-0000-7000-a001-000000000001"), "name": "First desk", "lead_id": BOB.id},
    {
        "id": UUID("00000000-0000-7000-a001-000000000002"),
        "name": "Second desk",
        "lead_id": ALICE.id,
    },
    {"id": UUID("00000000-0000-7000-a001-000000000003"), "name": "Third desk", "lead_id": ADMIN.id},
]

TOPICS: list[dict[str, Any]] = [
    {"id": UUID("00000000-0000-7000-a002-000000000001"), "name": "first-topic", "parent_id": None},
    {
        "id": UUID("00000000-0000-7000-a002-000000000002"),
        "name": "second-topic",
        "parent_id": UUID("00000000-0000-7000-a002-000000000001"),
    },
    {
        "id": UUID("00000000-0000-7000-a002-000000000003"),
        "name": "third-topic",
        "parent_id": UUID("00000000-0000-7000-a002-000000000002"),
    },
]

ARTICLES: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a003-000000000001"),
        "title": "First article",
        "slug": "first-article",
        "body": "A few words, to begin with.",
        "stage": Stage.PUBLISHED,
        "language": ArticleLanguage.FR,
        "published_at": datetime.fromisoformat("2026-03-14T09:30:00+00:00"),
        "author_id": ALICE.id,
        "desk_id": DESKS[0]["id"],
        "keywords": ["First keyword", "Second keyword"],
        "wire_id": "First wire id",
        "tip": "A few words, to begin with.",
    },
    {
        "id": UUID("00000000-0000-7000-a003-000000000002"),
        "title": "Second article",
        "slug": "second-article",
        "body": "Some more, for comparison.",
        "stage": Stage.DRAFT,
        "language": ArticleLanguage.EN,
        "published_at": datetime.fromisoformat("2025-11-02T14:00:00+00:00"),
        "author_id": BOB.id,
        "desk_id": DESKS[1]["id"],
        "keywords": ["Second keyword"],
        "wire_id": "Second wire id",
        "tip": "Some more, for comparison.",
    },
    {
        "id": UUID("00000000-0000-7000-a003-000000000003"),
        "title": "Third article",
        "slug": "third-article",
        "body": "And that is all.",
        "stage": Stage.SUBMITTED,
        "language": ArticleLanguage.DE,
        "published_at": datetime.fromisoformat("2024-07-29T18:15:00+00:00"),
        "author_id": ALICE.id,
        "desk_id": DESKS[2]["id"],
        "keywords": ["Third keyword"],
        "wire_id": "Third wire id",
        "tip": "And that is all.",
    },
]

COMMENTS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a004-000000000001"),
        "article_id": ARTICLES[0]["id"],
        "author_id": ALICE.id,
        "text": "A few words, to begin with.",
    },
    {
        "id": UUID("00000000-0000-7000-a004-000000000002"),
        "article_id": ARTICLES[1]["id"],
        "author_id": BOB.id,
        "text": "Some more, for comparison.",
    },
    {
        "id": UUID("00000000-0000-7000-a004-000000000003"),
        "article_id": ARTICLES[2]["id"],
        "author_id": ALICE.id,
        "text": "And that is all.",
    },
]

ARTICLE_TOPICS: list[dict[str, Any]] = [
    {"article_id": ARTICLES[0]["id"], "topic_id": TOPICS[0]["id"]},
    {"article_id": ARTICLES[0]["id"], "topic_id": TOPICS[1]["id"]},
    {"article_id": ARTICLES[1]["id"], "topic_id": TOPICS[1]["id"]},
    {"article_id": ARTICLES[2]["id"], "topic_id": TOPICS[2]["id"]},
]

ARTICLE_RELATED: list[dict[str, Any]] = [
    {"article_id": ARTICLES[0]["id"], "related_id": ARTICLES[1]["id"]},
    {"article_id": ARTICLES[0]["id"], "related_id": ARTICLES[2]["id"]},
    {"article_id": ARTICLES[1]["id"], "related_id": ARTICLES[2]["id"]},
    {"article_id": ARTICLES[2]["id"], "related_id": ARTICLES[0]["id"]},
]


async def add_rows(session: AsyncSession) -> None:
    """Add a few rows of each resource, unless they are there."""
    for model, rows in ((Desk, DESKS), (Topic, TOPICS), (Article, ARTICLES), (Comment, COMMENTS)):
        await session.execute(insert(model).on_conflict_do_nothing(), rows)
        there = select(func.count()).where(model.id.in_([row["id"] for row in rows]))
        if await session.scalar(there) != len(rows):
            # Somebody's own rows are in the way, and what follows may refer to these.
            return
    for table, pairs in ((article_topics, ARTICLE_TOPICS), (article_related, ARTICLE_RELATED)):
        await session.execute(insert(table).on_conflict_do_nothing(), pairs)
