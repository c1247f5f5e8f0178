from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.repositories.comment import CommentRepository, owned_by
from app.schemas.comment import CommentQuery
from app.tests.people import ALICE, BOB
from app.tests.queries import stored
from app.tests.samples.comment import add_comment


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    comment = await add_comment(database)

    async with database.writes() as session:
        comments = CommentRepository(session)
        assert await comments.get(owned_by(ALICE.id), comment.id)
        assert await comments.lock(owned_by(ALICE.id), comment.id)
        assert (await comments.page(owned_by(ALICE.id), CommentQuery())).items
        assert await comments.get(owned_by(BOB.id), comment.id) is None
        assert await comments.lock(owned_by(BOB.id), comment.id) is None
        assert (await comments.page(owned_by(BOB.id), CommentQuery())).items == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"text": ""}, "ck_comments_text"),
        ({"text": "x" * 2001}, "ck_comments_text"),
        ({"article_id": uuid4()}, "fk_comments_article_id"),
        ({"author_id": uuid4()}, "fk_comments_author_id"),
    ],
)
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    comment = await add_comment(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await CommentRepository(session).change(comment, changes)

    assert violated_constraint(caught.value) == constraint


async def test_a_removed_row_is_gone(database: Database) -> None:
    comment = await add_comment(database)

    async with database.writes() as session:
        comments = CommentRepository(session)
        found = await comments.lock(EVERY, comment.id)
        assert found
        await comments.remove(found)

    assert await stored(database, comment) is None
