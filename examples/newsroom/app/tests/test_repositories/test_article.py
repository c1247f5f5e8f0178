from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import Article, Topic, User
from app.models.article import article_related, article_topics
from app.repositories.article import ArticleRepository, owned_by
from app.schemas.article import ArticleQuery
from app.tests.people import BOB, SOMEBODY_NEW, WRITER
from app.tests.queries import stored
from app.tests.samples.article import add_article, an_article
from app.tests.samples.topic import add_topic
from app.tests.seed import seed_people


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    article = await add_article(database, WRITER)

    async with database.writes() as session:
        articles = ArticleRepository(session)
        assert await articles.get(owned_by(WRITER.id), article.id)
        assert await articles.lock(owned_by(WRITER.id), article.id)
        assert (await articles.page(owned_by(WRITER.id), ArticleQuery())).items
        assert await articles.get(owned_by(BOB.id), article.id) is None
        assert await articles.lock(owned_by(BOB.id), article.id) is None
        assert (await articles.page(owned_by(BOB.id), ArticleQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"title": "xx"}, "ck_articles_title"),
        ({"slug": "?"}, "ck_articles_slug"),
        ({"body": ""}, "ck_articles_body"),
        ({"body": "x" * 50001}, "ck_articles_body"),
        ({"stage": "unheard_of"}, "ck_articles_stage"),
        ({"stage": "DRAFT"}, "ck_articles_stage"),
        ({"stage": ""}, "ck_articles_stage"),
        ({"language": "unheard_of"}, "ck_articles_language"),
        ({"language": "DE"}, "ck_articles_language"),
        ({"language": ""}, "ck_articles_language"),
        ({"keywords": [None]}, "ck_articles_keywords"),
        ({"keywords": ["A"] * 11}, "ck_articles_keywords"),
        ({"tip": "x" * 4001}, "ck_articles_tip"),
        ({"author_id": uuid4()}, "fk_articles_author_id"),
        ({"desk_id": uuid4()}, "fk_articles_desk_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    article = await add_article(database, WRITER)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await ArticleRepository(session).change(article, changes)

    assert violated_constraint(caught.value) == constraint


async def test_no_two_articles_share_wire_id(database: Database) -> None:
    same = {"wire_id": (await an_article(database))["wire_id"]}
    await add_article(database, WRITER, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_article(database, BOB, **same)

    assert violated_constraint(caught.value) == "uq_articles_wire_id"


async def test_an_owner_has_one_article_with_one_slug(database: Database) -> None:
    same = {"slug": (await an_article(database))["slug"]}
    await add_article(database, WRITER, **same)

    with pytest.raises(IntegrityError) as caught:
        await add_article(database, WRITER, **same)

    assert violated_constraint(caught.value) == "uq_articles_author_id_slug"
    assert await add_article(database, BOB, **same)


async def test_articles_keep_the_account_of_their_author(database: Database) -> None:
    async with database.writes() as session:
        await seed_people(session, [SOMEBODY_NEW])
    await add_article(database, SOMEBODY_NEW)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await session.execute(delete(User).where(User.id == SOMEBODY_NEW.id))

    assert violated_constraint(caught.value) == "fk_articles_author_id"


async def test_an_article_takes_the_links_to_its_topics_along(database: Database) -> None:
    ids = sorted([str((await add_topic(database)).id) for _ in range(2)])
    article = await add_article(database, WRITER, topic_ids=ids)
    linked = select(func.count()).select_from(article_topics)

    async with database.writes() as session:
        assert await session.scalar(linked) == len(ids)
        await session.execute(delete(Article).where(Article.id == article.id))
        assert await session.scalar(linked) == 0


async def test_an_article_loses_the_links_to_topics_that_go(database: Database) -> None:
    ids = sorted([str((await add_topic(database)).id) for _ in range(2)])
    await add_article(database, WRITER, topic_ids=ids)
    linked = select(func.count()).select_from(article_topics)

    async with database.writes() as session:
        assert await session.scalar(linked) == len(ids)
        await session.execute(delete(Topic).where(Topic.id == UUID(ids[0])))
        assert await session.scalar(linked) == len(ids) - 1


async def test_an_article_takes_the_links_to_its_related_along(database: Database) -> None:
    ids = sorted([str((await add_article(database, WRITER)).id) for _ in range(2)])
    article = await add_article(database, WRITER, related_ids=ids)
    linked = select(func.count()).select_from(article_related)

    async with database.writes() as session:
        assert await session.scalar(linked) == len(ids)
        await session.execute(delete(Article).where(Article.id == article.id))
        assert await session.scalar(linked) == 0


async def test_an_article_loses_the_links_to_related_that_go(database: Database) -> None:
    ids = sorted([str((await add_article(database, WRITER)).id) for _ in range(2)])
    await add_article(database, WRITER, related_ids=ids)
    linked = select(func.count()).select_from(article_related)

    async with database.writes() as session:
        assert await session.scalar(linked) == len(ids)
        await session.execute(delete(Article).where(Article.id == UUID(ids[0])))
        assert await session.scalar(linked) == len(ids) - 1


async def test_a_removed_row_is_gone(database: Database) -> None:
    article = await add_article(database, WRITER)

    async with database.writes() as session:
        articles = ArticleRepository(session)
        found = await articles.lock(EVERY, article.id)
        assert found
        await articles.remove(found)

    assert await stored(database, article) is None
