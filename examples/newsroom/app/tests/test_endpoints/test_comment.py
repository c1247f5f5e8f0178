from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Comment
from app.services.comment import ArticleMissing, CommentNotFound
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ALICE, BOB
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.article import add_article
from app.tests.samples.comment import a_comment, add_comment

COMMENTS = "/api/v1/comments"
NOWHERE = f"{COMMENTS}/{NO_ID}"


def at(comment: Comment) -> str:
    return f"{COMMENTS}/{comment.id}"


# Who may do what.


@pytest.mark.parametrize(("method", "path"), [("POST", COMMENTS), ("DELETE", NOWHERE)])
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_everybody_reads_comments(visitor: AsyncClient, database: Database) -> None:
    comment = await add_comment(database)

    assert (await visitor.get(at(comment))).status_code == 200
    assert ids_of(await visitor.get(COMMENTS)) == [str(comment.id)]


async def test_whoever_is_signed_in_creates_comments(bob: AsyncClient, database: Database) -> None:
    sent = await a_comment(database, BOB)

    assert (await bob.post(COMMENTS, json=sent)).status_code == 201


async def test_nobody_deletes_a_comment_of_somebody_else(
    alice: AsyncClient,
    bob: AsyncClient,
    writer: AsyncClient,
    admin: AsyncClient,
    database: Database,
) -> None:
    comment = await add_comment(database)
    before = (await alice.get(at(comment))).json()

    for person in (bob, writer, admin):
        assert_problem(await person.delete(at(comment)), CommentNotFound)
    assert (await alice.get(at(comment))).json() == before


async def test_an_editor_deletes_every_comment(editor: AsyncClient, database: Database) -> None:
    comment = await add_comment(database)

    assert (await editor.delete(at(comment))).status_code == 204


async def test_a_comment_belongs_to_who_made_it(alice: AsyncClient, database: Database) -> None:
    theirs = {"author_id": str(BOB.id)}

    made = await alice.post(COMMENTS, json=await a_comment(database))

    assert made.json()["author"]["id"] == str(ALICE.id)
    assert_invalid(
        await alice.post(COMMENTS, json=await a_comment(database, **theirs)), "author_id"
    )
    path = made.headers["location"]
    assert (await alice.get(path)).json()["author"]["id"] == str(ALICE.id)


# Create, show, change, delete.


async def test_a_new_comment_is_found_where_the_answer_says(
    alice: AsyncClient, database: Database
) -> None:
    sent = await a_comment(database)

    made = await alice.post(COMMENTS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await alice.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


@pytest.mark.parametrize("field", ["article_id", "text"])
async def test_what_is_required_is_asked_for(
    alice: AsyncClient, database: Database, field: str
) -> None:
    sent = await a_comment(database)
    del sent[field]

    assert_invalid(await alice.post(COMMENTS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", None),
        ("text", 1),
        ("text", ""),
        ("text", "x" * 2001),
        ("text", "NUL \x00"),
        ("article_id", None),
        ("article_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    alice: AsyncClient, database: Database, field: str, value: Any
) -> None:
    assert_invalid(
        await alice.post(COMMENTS, json=await a_comment(database, **{field: value})), field
    )


async def test_a_deleted_comment_is_gone(alice: AsyncClient, database: Database) -> None:
    comment = await add_comment(database)

    assert (await alice.delete(at(comment))).status_code == 204
    assert_problem(await alice.get(at(comment)), CommentNotFound)
    assert_problem(await alice.delete(at(comment)), CommentNotFound)


async def test_an_id_that_nothing_has_is_not_found(alice: AsyncClient) -> None:
    assert_problem(await alice.get(NOWHERE), CommentNotFound)
    assert_invalid(await alice.get(f"{COMMENTS}/not-an-id"), "comment_id")


@pytest.mark.parametrize(("method", "path", "answer"), [("PATCH", NOWHERE, 405)])
async def test_nothing_else_can_be_asked_for(
    alice: AsyncClient, method: str, path: str, answer: int
) -> None:
    assert (await alice.request(method, path, json={})).status_code == answer


# Beside other rows.


@pytest.mark.parametrize(("column", "error"), [("article_id", ArticleMissing)])
async def test_what_is_referred_to_has_to_exist(
    alice: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await alice.post(COMMENTS, json=await a_comment(database, **nowhere))
    assert_problem(refused, error)


async def test_nobody_refers_to_an_article_that_they_may_not_read(
    alice: AsyncClient, database: Database
) -> None:
    hidden = {"article_id": str((await add_article(database, BOB)).id)}

    refused = await alice.post(COMMENTS, json=await a_comment(database, **hidden))
    assert_problem(refused, ArticleMissing)


async def test_a_comment_shows_its_author(visitor: AsyncClient, database: Database) -> None:
    comment = await add_comment(database)

    one, listed = await visitor.get(at(comment)), await visitor.get(COMMENTS)

    for shown in (one.json(), *listed.json()["items"]):
        assert shown["author"].keys() == {"id"}
        assert shown["author"]["id"] == str(comment.author_id)
        assert "author_id" not in shown


# Lists.


async def test_a_list_has_the_newest_first(visitor: AsyncClient, database: Database) -> None:
    comments = [await add_comment(database) for _ in range(3)]

    ids = [str(comment.id) for comment in reversed(comments)]
    assert ids_of(await visitor.get(COMMENTS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    visitor: AsyncClient, database: Database, sort: str
) -> None:
    comments = [await add_comment(database) for _ in range(5)]

    items = await walk(visitor, COMMENTS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(comments, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [({"author_id": str(ALICE.id)}, {"one", "two", "three"}), ({"author_id": str(BOB.id)}, set())],
)
async def test_a_filter_finds_what_it_says(
    visitor: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_comment(database),
        "two": await add_comment(database),
        "three": await add_comment(database),
    }

    found = await visitor.get(COMMENTS, params=params)

    assert which(rows, found) == names


async def test_a_list_can_be_of_one_article(visitor: AsyncClient, database: Database) -> None:
    comment = await add_comment(database)
    there, nowhere = {"article_id": str(comment.article_id)}, {"article_id": str(uuid4())}

    assert ids_of(await visitor.get(COMMENTS, params=there)) == [str(comment.id)]
    assert ids_of(await visitor.get(COMMENTS, params=nowhere)) == []


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "article_id"}, "sort"),
        ({"sort": "created_at; drop table comments"}, "sort"),
        ({"article_id": "not-an-id"}, "article_id"),
        ({"author_id": "not-an-id"}, "author_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    visitor: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await visitor.get(COMMENTS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    visitor: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_comment(database)
    cursor = (await visitor.get(COMMENTS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await visitor.get(COMMENTS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    visitor: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_comment(database)

    with counted(database) as statements:
        found = await visitor.get(COMMENTS)

    assert len(ids_of(found)) == min(count, 20)
    assert len(statements) == 1


async def test_one_row_costs_one_query(visitor: AsyncClient, database: Database) -> None:
    comment = await add_comment(database)

    with counted(database) as statements:
        assert (await visitor.get(at(comment))).status_code == 200

    assert len(statements) == 1
