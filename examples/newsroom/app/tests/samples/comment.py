"""Comments to test with."""

import itertools
from typing import Any

from app.db.database import Database
from app.models import Comment
from app.repositories.comment import CommentRepository
from app.schemas.comment import CommentCreate
from app.tests.people import ALICE, Person
from app.tests.samples.article import add_article

numbers = itertools.count(1)


async def a_comment(database: Database, owner: Person = ALICE, /, **changes: Any) -> dict[str, Any]:
    """What somebody sends to create a comment; no two are alike."""
    n = next(numbers)
    comment = {
        "article_id": str((await add_article(database, owner)).id),
        "text": f"Text {n}",
    }
    return comment | changes


async def add_comment(database: Database, owner: Person = ALICE, /, **changes: Any) -> Comment:
    """Put a comment into the database."""
    values = CommentCreate.model_validate(await a_comment(database, owner, **changes)).model_dump()
    async with database.writes() as session:
        return await CommentRepository(session).save(Comment(author_id=owner.id, **values))
