from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Topic
from app.services.topic import NameTaken, ParentItself, ParentMissing, TopicNotFound
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk
from app.tests.queries import counted, stored
from app.tests.samples import NO_ID
from app.tests.samples.topic import a_topic, add_topic

TOPICS = "/api/v1/topics"
NOWHERE = f"{TOPICS}/{NO_ID}"


def at(topic: Topic) -> str:
    return f"{TOPICS}/{topic.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"), [("POST", TOPICS), ("PATCH", NOWHERE), ("DELETE", NOWHERE)]
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_everybody_reads_topics(visitor: AsyncClient, database: Database) -> None:
    topic = await add_topic(database)

    assert (await visitor.get(at(topic))).status_code == 200
    assert ids_of(await visitor.get(TOPICS)) == [str(topic.id)]


async def test_only_editors_write_topics(
    editor: AsyncClient,
    alice: AsyncClient,
    writer: AsyncClient,
    admin: AsyncClient,
    database: Database,
) -> None:
    topic = await add_topic(database)
    sent = a_topic()
    before = (await editor.get(at(topic))).json()

    for person in (alice, writer, admin):
        assert_problem(await person.post(TOPICS, json=sent), Forbidden)
        assert_problem(await person.patch(at(topic), json={"name": "c"}), Forbidden)
        assert_problem(await person.delete(at(topic)), Forbidden)
    assert (await editor.get(TOPICS)).json()["items"] == [before]


async def test_an_editor_creates_changes_and_deletes_every_topic(
    editor: AsyncClient, database: Database
) -> None:
    topic = await add_topic(database)
    sent = a_topic()

    assert (await editor.post(TOPICS, json=sent)).status_code == 201
    assert (await editor.patch(at(topic), json={})).status_code == 200
    assert (await editor.delete(at(topic))).status_code == 204


# Create, show, change, delete.


async def test_a_new_topic_is_found_where_the_answer_says(editor: AsyncClient) -> None:
    sent = a_topic()

    made = await editor.post(TOPICS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await editor.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_is_null(editor: AsyncClient) -> None:
    missing = {"parent_id": None}
    sent = {key: value for key, value in a_topic().items() if key not in missing}

    made = await editor.post(TOPICS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["name"])
async def test_what_is_required_is_asked_for(editor: AsyncClient, field: str) -> None:
    sent = a_topic()
    del sent[field]

    assert_invalid(await editor.post(TOPICS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", None),
        ("name", 1),
        ("name", "x" * 41),
        ("name", "NUL \x00"),
        ("name", "?"),
        ("parent_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    editor: AsyncClient, database: Database, field: str, value: Any
) -> None:
    topic = await add_topic(database)

    assert_invalid(await editor.post(TOPICS, json=a_topic(**{field: value})), field)
    assert_invalid(await editor.patch(at(topic), json={field: value}), field)


@pytest.mark.parametrize(("field", "old", "new"), [("name", "a", "b")])
async def test_a_change_leaves_the_rest_as_it_was(
    editor: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    topic = await add_topic(database, **{field: old})
    before = (await editor.get(at(topic))).json()

    changed = await editor.patch(at(topic), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await editor.get(at(topic))).json() == after


async def test_a_change_of_nothing_changes_nothing(editor: AsyncClient, database: Database) -> None:
    topic = await add_topic(database)
    before = (await editor.get(at(topic))).json()

    assert (await editor.patch(at(topic), json={})).json() == before


async def test_a_deleted_topic_is_gone(editor: AsyncClient, database: Database) -> None:
    topic = await add_topic(database)

    assert (await editor.delete(at(topic))).status_code == 204
    assert_problem(await editor.get(at(topic)), TopicNotFound)
    assert_problem(await editor.patch(at(topic), json={}), TopicNotFound)
    assert_problem(await editor.delete(at(topic)), TopicNotFound)


async def test_an_id_that_nothing_has_is_not_found(editor: AsyncClient) -> None:
    assert_problem(await editor.get(NOWHERE), TopicNotFound)
    assert_invalid(await editor.get(f"{TOPICS}/not-an-id"), "topic_id")


# Beside other rows.


async def test_no_two_topics_share_name(editor: AsyncClient, database: Database) -> None:
    topic = await add_topic(database)
    same = {"name": a_topic()["name"]}
    await add_topic(database, **same)

    refused = await editor.post(TOPICS, json=a_topic(**same))
    assert_problem(refused, NameTaken)
    assert_problem(await editor.patch(at(topic), json=same), NameTaken)


@pytest.mark.parametrize(("column", "error"), [("parent_id", ParentMissing)])
async def test_what_is_referred_to_has_to_exist(
    editor: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await editor.post(TOPICS, json=a_topic(**nowhere))
    assert_problem(refused, error)
    topic = await add_topic(database)
    assert_problem(await editor.patch(at(topic), json=nowhere), error)


async def test_a_topic_is_not_its_own_parent(editor: AsyncClient, database: Database) -> None:
    topic = await add_topic(database)

    refused = await editor.patch(at(topic), json={"parent_id": str(topic.id)})

    assert_problem(refused, ParentItself)


async def test_a_topic_leaves_behind_its_topics(editor: AsyncClient, database: Database) -> None:
    topic = await add_topic(database)
    other = await add_topic(database, parent_id=str(topic.id))

    assert (await editor.delete(at(topic))).status_code == 204
    left = await stored(database, other)
    assert left
    assert left.parent_id is None


# Lists.


async def test_a_list_has_the_newest_first(visitor: AsyncClient, database: Database) -> None:
    topics = [await add_topic(database) for _ in range(3)]

    ids = [str(topic.id) for topic in reversed(topics)]
    assert ids_of(await visitor.get(TOPICS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "name", "-name"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    visitor: AsyncClient, database: Database, sort: str
) -> None:
    topics = [await add_topic(database) for _ in range(5)]

    items = await walk(visitor, TOPICS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(topics, sort)


async def test_a_list_can_be_of_one_parent(visitor: AsyncClient, database: Database) -> None:
    topic = await add_topic(database, parent_id=str((await add_topic(database)).id))
    there, nowhere = {"parent_id": str(topic.parent_id)}, {"parent_id": str(uuid4())}

    assert ids_of(await visitor.get(TOPICS, params=there)) == [str(topic.id)]
    assert ids_of(await visitor.get(TOPICS, params=nowhere)) == []
    assert ids_of(await visitor.get(TOPICS, params={"parent_id_isnull": True})) == [
        str(topic.parent_id)
    ]


@pytest.mark.parametrize(("field", "text"), [("name", "a")])
async def test_a_search_finds_a_word(
    visitor: AsyncClient, database: Database, field: str, text: str
) -> None:
    topic = await add_topic(database, **{field: text})

    found = await visitor.get(TOPICS, params={"q": text})
    assert ids_of(found) == [str(topic.id)]
    assert ids_of(await visitor.get(TOPICS, params={"q": "bear"})) == []


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "parent_id"}, "sort"),
        ({"sort": "created_at; drop table topics"}, "sort"),
        ({"q": ""}, "q"),
        ({"parent_id": "not-an-id"}, "parent_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    visitor: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await visitor.get(TOPICS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    visitor: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_topic(database)
    cursor = (await visitor.get(TOPICS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await visitor.get(TOPICS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    visitor: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_topic(database)

    with counted(database) as statements:
        found = await visitor.get(TOPICS)

    assert len(ids_of(found)) == min(count, 20)
    assert len(statements) == 1


async def test_one_row_costs_one_query(visitor: AsyncClient, database: Database) -> None:
    topic = await add_topic(database)

    with counted(database) as statements:
        assert (await visitor.get(at(topic))).status_code == 200

    assert len(statements) == 1
