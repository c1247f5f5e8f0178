"""Articles to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Article
from app.repositories.article import ArticleRepository
from app.schemas.article import ArticleCreate
from app.tests.people import ALICE, Person
from app.tests.samples.desk import add_desk

numbers = itertools.count(1)


async def an_article(database: Database, /, **changes: Any) -> dict[str, Any]:
    """What somebody sends to create an article; no two are alike."""
    n = next(numbers)
    article = {
        "title": f"Title {n}",
        "slug": f"slug-{n}",
        "body": f"Body {n}",
        "stage": "draft",
        "language": "de",
        "published_at": "2030-12-31T18:30:00Z",
        "desk_id": str((await add_desk(database)).id),
        "keywords": ["C", "B"],
        "wire_id": f"Wire id {n}",
        "tip": f"Tip {n}",
    }
    return article | changes


async def add_article(database: Database, owner: Person = ALICE, /, **changes: Any) -> Article:
    """Put an article into the database."""
    sent = ArticleCreate.model_validate(await an_article(database, **changes))
    async with database.writes() as session:
        articles = ArticleRepository(session)
        article = Article(
            author_id=owner.id, **sent.model_dump(exclude={"topic_ids", "related_ids"})
        )
        await articles.save(article)
        await articles.add_topics(article, sent.topic_ids)
        await articles.add_related(article, sent.related_ids)
        return article
