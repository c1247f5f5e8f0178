from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.db.rows import EVERY
from app.repositories.comment import CommentRepository, owned_by
from app.schemas.comment import CommentCreate
from app.services.base import Lookup
from app.services.comment import (
    ArticleMissing,
    CommentNotFound,
    CommentService,
    deletable,
    readable,
)
from app.tests.people import ADMIN, ALICE, EDITOR, WRITER, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(CommentRepository, instance=True)


@pytest.fixture
def lookup() -> Any:
    return create_autospec(Lookup, instance=True)


@pytest.fixture
def comments(repository: Any, lookup: Any) -> CommentService:
    return CommentService(repository, lookup)


@pytest.mark.parametrize("right", [deletable])
@pytest.mark.parametrize("person", [ALICE, WRITER, ADMIN])
def test_people_reach_their_own_comments_alone(right: Any, person: Person) -> None:
    assert right(person.actor).compare(owned_by(person.id))


def test_a_visitor_reads_every_comment() -> None:
    assert readable(None).compare(EVERY)


@pytest.mark.parametrize(
    ("right", "person"),
    [
        (readable, ALICE),
        (readable, WRITER),
        (readable, EDITOR),
        (readable, ADMIN),
        (deletable, EDITOR),
    ],
)
def test_some_reach_every_comment(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


async def test_who_creates_a_comment_owns_it(comments: CommentService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda comment: comment

    comment = await comments.create(ALICE.actor, CommentCreate(article_id=uuid4(), text="A"))

    assert (comment.author_id, comment.text) == (ALICE.id, "A")


async def test_a_row_out_of_reach_is_not_found(comments: CommentService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(CommentNotFound):
        await comments.get(ALICE.actor, nowhere)
    with pytest.raises(CommentNotFound):
        await comments.delete(ALICE.actor, nowhere)

    repository.remove.assert_not_awaited()


async def test_a_article_has_to_be_readable(
    comments: CommentService, repository: Any, lookup: Any
) -> None:
    lookup.check.side_effect = ArticleMissing

    with pytest.raises(ArticleMissing):
        await comments.create(ALICE.actor, CommentCreate(article_id=uuid4(), text="A"))

    repository.save.assert_not_awaited()
