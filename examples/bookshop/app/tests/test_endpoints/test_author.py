from typing import Any

import pytest
from httpx import AsyncClient

from app.core.errors import Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Author
from app.services.author import AuthorHasBooks, AuthorNotFound
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.author import add_author, an_author
from app.tests.samples.book import add_book

AUTHORS = "/api/v1/authors"
NOWHERE = f"{AUTHORS}/{NO_ID}"


def at(author: Author) -> str:
    return f"{AUTHORS}/{author.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"), [("POST", AUTHORS), ("PATCH", NOWHERE), ("DELETE", NOWHERE)]
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_everybody_reads_authors(visitor: AsyncClient, database: Database) -> None:
    author = await add_author(database)

    assert (await visitor.get(at(author))).status_code == 200
    assert ids_of(await visitor.get(AUTHORS)) == [str(author.id)]


async def test_only_editors_write_authors(
    editor: AsyncClient, alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    author = await add_author(database)
    sent = an_author()
    before = (await editor.get(at(author))).json()

    for person in (alice, admin):
        assert_problem(await person.post(AUTHORS, json=sent), Forbidden)
        assert_problem(await person.patch(at(author), json={"name": "C"}), Forbidden)
        assert_problem(await person.delete(at(author)), Forbidden)
    assert (await editor.get(AUTHORS)).json()["items"] == [before]


async def test_an_editor_creates_changes_and_deletes_every_author(
    editor: AsyncClient, database: Database
) -> None:
    author = await add_author(database)
    sent = an_author()

    assert (await editor.post(AUTHORS, json=sent)).status_code == 201
    assert (await editor.patch(at(author), json={})).status_code == 200
    assert (await editor.delete(at(author))).status_code == 204


# Create, show, change, delete.


async def test_a_new_author_is_found_where_the_answer_says(editor: AsyncClient) -> None:
    sent = an_author()

    made = await editor.post(AUTHORS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await editor.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_is_null(editor: AsyncClient) -> None:
    missing = {"born": None}
    sent = {key: value for key, value in an_author().items() if key not in missing}

    made = await editor.post(AUTHORS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["name"])
async def test_what_is_required_is_asked_for(editor: AsyncClient, field: str) -> None:
    sent = an_author()
    del sent[field]

    assert_invalid(await editor.post(AUTHORS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", None),
        ("name", 1),
        ("name", ""),
        ("name", "x" * 121),
        ("name", "NUL \x00"),
        ("born", "tomorrow"),
        ("born", 20301231),
        ("born", "0001-01-01"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    editor: AsyncClient, database: Database, field: str, value: Any
) -> None:
    author = await add_author(database)

    assert_invalid(await editor.post(AUTHORS, json=an_author(**{field: value})), field)
    assert_invalid(await editor.patch(at(author), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [("name", "A", "B"), ("born", "2030-01-01", "2030-01-02"), ("born", "2030-01-01", None)],
)
async def test_a_change_leaves_the_rest_as_it_was(
    editor: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    author = await add_author(database, **{field: old})
    before = (await editor.get(at(author))).json()

    changed = await editor.patch(at(author), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await editor.get(at(author))).json() == after


async def test_a_change_of_nothing_changes_nothing(editor: AsyncClient, database: Database) -> None:
    author = await add_author(database)
    before = (await editor.get(at(author))).json()

    assert (await editor.patch(at(author), json={})).json() == before


async def test_a_deleted_author_is_gone(editor: AsyncClient, database: Database) -> None:
    author = await add_author(database)

    assert (await editor.delete(at(author))).status_code == 204
    assert_problem(await editor.get(at(author)), AuthorNotFound)
    assert_problem(await editor.patch(at(author), json={}), AuthorNotFound)
    assert_problem(await editor.delete(at(author)), AuthorNotFound)


async def test_an_id_that_nothing_has_is_not_found(editor: AsyncClient) -> None:
    assert_problem(await editor.get(NOWHERE), AuthorNotFound)
    assert_invalid(await editor.get(f"{AUTHORS}/not-an-id"), "author_id")


# Beside other rows.


async def test_an_author_stays_while_it_has_books(editor: AsyncClient, database: Database) -> None:
    author = await add_author(database)
    await add_book(database, author_id=str(author.id))

    assert_problem(await editor.delete(at(author)), AuthorHasBooks)
    assert (await editor.get(at(author))).status_code == 200


# Lists.


async def test_a_list_has_the_newest_first(visitor: AsyncClient, database: Database) -> None:
    authors = [await add_author(database) for _ in range(3)]

    ids = [str(author.id) for author in reversed(authors)]
    assert ids_of(await visitor.get(AUTHORS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "name", "-name"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    visitor: AsyncClient, database: Database, sort: str
) -> None:
    authors = [await add_author(database, name=name) for name in ("B", "A", "B", "C", "B")]

    items = await walk(visitor, AUTHORS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(authors, sort)


@pytest.mark.parametrize(
    ("words", "found"),
    [("fox quick", True), ("fox -quick", False), ("bear", False), ("'\"(&|!:*", False)],
)
async def test_a_search_finds_words_in_any_order(
    visitor: AsyncClient, database: Database, words: str, found: bool
) -> None:
    await add_author(database, name="The quick brown fox")

    assert bool(ids_of(await visitor.get(AUTHORS, params={"q": words}))) is found


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "born"}, "sort"),
        ({"sort": "created_at; drop table authors"}, "sort"),
        ({"q": ""}, "q"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    visitor: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await visitor.get(AUTHORS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    visitor: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_author(database)
    cursor = (await visitor.get(AUTHORS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await visitor.get(AUTHORS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    visitor: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_author(database)

    with counted(database) as statements:
        found = await visitor.get(AUTHORS)

    assert len(ids_of(found)) == min(count, 20)
    assert len(statements) == 1


async def test_one_row_costs_one_query(visitor: AsyncClient, database: Database) -> None:
    author = await add_author(database)

    with counted(database) as statements:
        assert (await visitor.get(at(author))).status_code == 200

    assert len(statements) == 1
