from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.models import Author
from app.repositories.author import AuthorRepository
from app.schemas.author import AuthorQuery
from app.tests.queries import stored
from app.tests.samples.author import add_author


async def test_every_query_keeps_to_the_rows_it_was_given(database: Database) -> None:
    author = await add_author(database)

    async with database.writes() as session:
        authors = AuthorRepository(session)
        assert await authors.get(Author.id == author.id, author.id)
        assert await authors.lock(Author.id == author.id, author.id)
        assert (await authors.page(Author.id == author.id, AuthorQuery())).items
        assert await authors.get(Author.id != author.id, author.id) is None
        assert await authors.lock(Author.id != author.id, author.id) is None
        assert (await authors.page(Author.id != author.id, AuthorQuery())).items == []


@pytest.mark.parametrize(("changes", "constraint"), [({"name": ""}, "ck_authors_name")])
async def test_the_database_holds_its_rules_by_itself(
    database: Database, changes: dict[str, Any], constraint: str
) -> None:
    author = await add_author(database)

    with pytest.raises(IntegrityError) as caught:
        async with database.writes() as session:
            await AuthorRepository(session).change(author, changes)

    assert violated_constraint(caught.value) == constraint


async def test_a_removed_row_is_gone(database: Database) -> None:
    author = await add_author(database)

    async with database.writes() as session:
        authors = AuthorRepository(session)
        found = await authors.lock(EVERY, author.id)
        assert found
        await authors.remove(found)

    assert await stored(database, author) is None
