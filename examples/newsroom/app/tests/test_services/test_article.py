from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.models import Article
from app.repositories.article import ArticleRepository
from app.schemas.article import ArticleCreate, ArticleUpdate
from app.services.article import ArticleNotFound, ArticleService, RelatedMissing, creatable
from app.services.base import Lookup
from app.tests.people import ADMIN, ALICE, EDITOR, WRITER, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(ArticleRepository, instance=True)


@pytest.fixture
def lookup() -> Any:
    return create_autospec(Lookup, instance=True)


@pytest.fixture
def articles(repository: Any, lookup: Any) -> ArticleService:
    return ArticleService(repository, lookup)


@pytest.mark.parametrize("right", [creatable])
@pytest.mark.parametrize("person", [ALICE, EDITOR, ADMIN])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_who_creates_an_article_owns_it(articles: ArticleService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda article: article

    article = await articles.create(
        WRITER.actor, ArticleCreate(title="AAA", slug="a", body="A", desk_id=uuid4())
    )

    assert (article.author_id, article.title) == (WRITER.id, "AAA")


async def test_only_what_was_sent_is_changed(articles: ArticleService, repository: Any) -> None:
    article = repository.lock.return_value = Article(id=uuid4())

    await articles.update(WRITER.actor, article.id, ArticleUpdate(published_at=None))

    repository.change.assert_awaited_once_with(article, {"published_at": None})


async def test_a_row_out_of_reach_is_not_found(articles: ArticleService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(ArticleNotFound):
        await articles.get(WRITER.actor, nowhere)
    with pytest.raises(ArticleNotFound):
        await articles.update(WRITER.actor, nowhere, ArticleUpdate())
    with pytest.raises(ArticleNotFound):
        await articles.delete(WRITER.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    articles: ArticleService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await articles.create(
            ALICE.actor, ArticleCreate(title="AAA", slug="a", body="A", desk_id=uuid4())
        )

    assert repository.mock_calls == []


async def test_topics_that_were_not_sent_stay(articles: ArticleService, repository: Any) -> None:
    ids = [uuid4()]
    article = repository.lock.return_value = Article(id=uuid4())

    await articles.update(WRITER.actor, article.id, ArticleUpdate())
    repository.replace_topics.assert_not_awaited()

    await articles.update(WRITER.actor, article.id, ArticleUpdate(topic_ids=ids))
    repository.replace_topics.assert_awaited_once_with(article, ids)


async def test_related_that_were_not_sent_stay(articles: ArticleService, repository: Any) -> None:
    ids = [uuid4()]
    article = repository.lock.return_value = Article(id=uuid4())

    await articles.update(WRITER.actor, article.id, ArticleUpdate())
    repository.replace_related.assert_not_awaited()

    await articles.update(WRITER.actor, article.id, ArticleUpdate(related_ids=ids))
    repository.replace_related.assert_awaited_once_with(article, ids)


async def test_related_have_to_be_readable(
    articles: ArticleService, repository: Any, lookup: Any
) -> None:
    repository.lock.return_value = Article(id=uuid4())
    lookup.check_all.side_effect = RelatedMissing

    with pytest.raises(RelatedMissing):
        await articles.create(
            WRITER.actor,
            ArticleCreate(title="AAA", slug="a", body="A", desk_id=uuid4(), related_ids=[uuid4()]),
        )
    with pytest.raises(RelatedMissing):
        await articles.update(WRITER.actor, uuid4(), ArticleUpdate(related_ids=[uuid4()]))

    repository.save.assert_not_awaited()
    repository.change.assert_not_awaited()
