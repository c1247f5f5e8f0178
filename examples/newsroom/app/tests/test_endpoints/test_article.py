from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient
from pydantic_core import to_jsonable_python
from sqlalchemy import select

from app.core.errors import AppError, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Article
from app.schemas.article import ArticleCreate, ArticleUpdate
from app.services.article import (
    ArticleNotFound,
    ArticleRefused,
    DeskMissing,
    RelatedItself,
    RelatedMissing,
    SlugTaken,
    TopicMissing,
    WireIdTaken,
)
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import BOB, WRITER
from app.tests.queries import counted, stored
from app.tests.samples import NO_ID
from app.tests.samples.article import add_article, an_article
from app.tests.samples.comment import add_comment
from app.tests.samples.topic import add_topic

ARTICLES = "/api/v1/articles"
NOWHERE = f"{ARTICLES}/{NO_ID}"


def at(article: Article) -> str:
    return f"{ARTICLES}/{article.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"), [("POST", ARTICLES), ("PATCH", NOWHERE), ("DELETE", NOWHERE)]
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_an_article_is_invisible_to_other_people(
    bob: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    article = await add_article(database, WRITER)

    for person in (bob, admin):
        assert_problem(await person.get(at(article)), ArticleNotFound)
        assert ids_of(await person.get(ARTICLES)) == []
        assert ids_of(await person.get(ARTICLES, params={"author_id": str(WRITER.id)})) == []


async def test_nobody_changes_or_deletes_an_article_of_somebody_else(
    writer: AsyncClient, bob: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    article = await add_article(database, WRITER)
    before = (await writer.get(at(article))).json()

    for person in (bob, admin):
        assert_problem(await person.patch(at(article), json={"title": "CCC"}), ArticleNotFound)
        assert_problem(await person.delete(at(article)), ArticleNotFound)
    assert (await writer.get(at(article))).json() == before


async def test_a_writer_creates_every_article(writer: AsyncClient, database: Database) -> None:
    sent = await an_article(database)

    assert (await writer.post(ARTICLES, json=sent)).status_code == 201


async def test_an_editor_reads_changes_and_deletes_every_article(
    editor: AsyncClient, database: Database
) -> None:
    article = await add_article(database)

    assert (await editor.get(at(article))).status_code == 200
    assert str(article.id) in ids_of(await editor.get(ARTICLES))
    assert (await editor.patch(at(article), json={})).status_code == 200
    assert (await editor.delete(at(article))).status_code == 204


async def test_an_article_belongs_to_who_made_it(writer: AsyncClient, database: Database) -> None:
    theirs = {"author_id": str(BOB.id)}

    made = await writer.post(ARTICLES, json=await an_article(database))

    assert made.json()["author"]["id"] == str(WRITER.id)
    assert_invalid(
        await writer.post(ARTICLES, json=await an_article(database, **theirs)), "author_id"
    )
    path = made.headers["location"]
    assert_invalid(await writer.patch(path, json=theirs), "author_id")
    assert (await writer.get(path)).json()["author"]["id"] == str(WRITER.id)


# What rights ask of a row.


@pytest.mark.parametrize(
    ("holding", "answers"),
    [
        (
            {"stage": "published"},
            {"visitor": 200, "alice": 200, "bob": 200, "writer": 200, "editor": 200, "admin": 200},
        ),
        (
            {"stage": "draft"},
            {"visitor": 404, "alice": 200, "bob": 404, "writer": 404, "editor": 200, "admin": 404},
        ),
        (
            {"stage": "submitted"},
            {"visitor": 404, "alice": 200, "bob": 404, "writer": 404, "editor": 200, "admin": 404},
        ),
    ],
)
async def test_who_reads_an_article_depends_on_what_it_holds(
    visitor: AsyncClient,
    alice: AsyncClient,
    bob: AsyncClient,
    writer: AsyncClient,
    editor: AsyncClient,
    admin: AsyncClient,
    database: Database,
    holding: dict[str, Any],
    answers: dict[str, int],
) -> None:
    article = await add_article(database, **holding)
    people = {
        "visitor": visitor,
        "alice": alice,
        "bob": bob,
        "writer": writer,
        "editor": editor,
        "admin": admin,
    }

    for name, answer in answers.items():
        assert (await people[name].get(at(article))).status_code == answer
        if answer in (200, 404):
            shown = [str(article.id)] if answer == 200 else []
            assert ids_of(await people[name].get(ARTICLES)) == shown


@pytest.mark.parametrize(
    ("holding", "answers"),
    [
        (
            {"stage": "published"},
            {"alice": 403, "bob": 403, "writer": 403, "editor": 403, "admin": 403},
        ),
        (
            {"stage": "draft"},
            {"alice": 403, "bob": 403, "writer": 201, "editor": 403, "admin": 403},
        ),
        (
            {"stage": "submitted"},
            {"alice": 403, "bob": 403, "writer": 403, "editor": 403, "admin": 403},
        ),
    ],
)
async def test_who_creates_an_article_depends_on_what_it_holds(
    alice: AsyncClient,
    bob: AsyncClient,
    writer: AsyncClient,
    editor: AsyncClient,
    admin: AsyncClient,
    database: Database,
    holding: dict[str, Any],
    answers: dict[str, int],
) -> None:
    people = {"alice": alice, "bob": bob, "writer": writer, "editor": editor, "admin": admin}

    for name, answer in answers.items():
        made = await people[name].post(ARTICLES, json=await an_article(database, **holding))
        assert made.status_code == answer


@pytest.mark.parametrize(
    ("holding", "answers"),
    [
        (
            {"stage": "published"},
            {"alice": 404, "bob": 404, "writer": 404, "editor": 200, "admin": 404},
        ),
        (
            {"stage": "draft"},
            {"alice": 200, "bob": 404, "writer": 404, "editor": 200, "admin": 404},
        ),
        (
            {"stage": "submitted"},
            {"alice": 404, "bob": 404, "writer": 404, "editor": 200, "admin": 404},
        ),
    ],
)
async def test_who_changes_an_article_depends_on_what_it_holds(
    alice: AsyncClient,
    bob: AsyncClient,
    writer: AsyncClient,
    editor: AsyncClient,
    admin: AsyncClient,
    database: Database,
    holding: dict[str, Any],
    answers: dict[str, int],
) -> None:
    article = await add_article(database, **holding)
    people = {"alice": alice, "bob": bob, "writer": writer, "editor": editor, "admin": admin}

    for name, answer in answers.items():
        changed = await people[name].patch(at(article), json={})
        assert changed.status_code == answer


@pytest.mark.parametrize(
    ("name", "holding", "sent"),
    [
        ("alice", {"stage": "draft"}, {"stage": "published"}),
        ("alice", {"stage": "draft"}, {"stage": "submitted"}),
    ],
)
async def test_nobody_changes_an_article_beyond_their_rights(
    alice: AsyncClient,
    bob: AsyncClient,
    writer: AsyncClient,
    editor: AsyncClient,
    admin: AsyncClient,
    database: Database,
    name: str,
    holding: dict[str, Any],
    sent: dict[str, Any],
) -> None:
    article = await add_article(database, **holding)
    people = {"alice": alice, "bob": bob, "writer": writer, "editor": editor, "admin": admin}

    changed = await people[name].patch(at(article), json=sent)

    assert_problem(changed, ArticleRefused)
    left = await stored(database, article)
    assert left
    assert left.updated_at == article.updated_at


@pytest.mark.parametrize(
    ("name", "holding", "sent"),
    [
        ("editor", {"stage": "published"}, {"stage": "draft"}),
        ("editor", {"stage": "published"}, {"stage": "submitted"}),
        ("editor", {"stage": "draft"}, {"stage": "published"}),
        ("editor", {"stage": "draft"}, {"stage": "submitted"}),
        ("editor", {"stage": "submitted"}, {"stage": "published"}),
        ("editor", {"stage": "submitted"}, {"stage": "draft"}),
    ],
)
async def test_people_change_an_article_within_their_rights(
    alice: AsyncClient,
    bob: AsyncClient,
    writer: AsyncClient,
    editor: AsyncClient,
    admin: AsyncClient,
    database: Database,
    name: str,
    holding: dict[str, Any],
    sent: dict[str, Any],
) -> None:
    article = await add_article(database, **holding)
    people = {"alice": alice, "bob": bob, "writer": writer, "editor": editor, "admin": admin}

    changed = await people[name].patch(at(article), json=sent)

    assert changed.status_code == 200
    assert changed.json().items() >= sent.items()


@pytest.mark.parametrize(
    ("holding", "answers"),
    [
        (
            {"stage": "published"},
            {"alice": 404, "bob": 404, "writer": 404, "editor": 204, "admin": 404},
        ),
        (
            {"stage": "draft"},
            {"alice": 204, "bob": 404, "writer": 404, "editor": 204, "admin": 404},
        ),
        (
            {"stage": "submitted"},
            {"alice": 404, "bob": 404, "writer": 404, "editor": 204, "admin": 404},
        ),
    ],
)
async def test_who_deletes_an_article_depends_on_what_it_holds(
    alice: AsyncClient,
    bob: AsyncClient,
    writer: AsyncClient,
    editor: AsyncClient,
    admin: AsyncClient,
    database: Database,
    holding: dict[str, Any],
    answers: dict[str, int],
) -> None:
    article = await add_article(database, **holding)
    people = {"alice": alice, "bob": bob, "writer": writer, "editor": editor, "admin": admin}

    for name, answer in answers.items():
        assert (await people[name].delete(at(article))).status_code == answer
        if answer == 204:
            article = await add_article(database, **holding)


# Create, show, change, delete.


async def test_a_new_article_is_found_where_the_answer_says(
    writer: AsyncClient, database: Database
) -> None:
    sent = await an_article(database)

    made = await writer.post(ARTICLES, json=sent)

    assert made.status_code == 201
    del sent["tip"]
    assert made.json()["desk"]["id"] == sent.pop("desk_id")
    assert made.json().items() >= sent.items()
    found = await writer.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_has_its_default_or_is_null(
    writer: AsyncClient, database: Database
) -> None:
    missing: dict[str, Any] = {
        "language": "en",
        "published_at": None,
        "topic_ids": [],
        "related_ids": [],
        "keywords": [],
        "wire_id": None,
    }
    sent = {key: value for key, value in (await an_article(database)).items() if key not in missing}

    made = await writer.post(ARTICLES, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["title", "slug", "body", "desk_id"])
async def test_what_is_required_is_asked_for(
    writer: AsyncClient, database: Database, field: str
) -> None:
    sent = await an_article(database)
    del sent[field]

    assert_invalid(await writer.post(ARTICLES, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", None),
        ("title", 1),
        ("title", "xx"),
        ("title", "x" * 201),
        ("title", "NUL \x00"),
        ("slug", None),
        ("slug", 1),
        ("slug", "x" * 81),
        ("slug", "NUL \x00"),
        ("slug", "?"),
        ("body", None),
        ("body", 1),
        ("body", ""),
        ("body", "x" * 50001),
        ("body", "NUL \x00"),
        ("stage", None),
        ("stage", "unheard_of"),
        ("stage", "DRAFT"),
        ("stage", ""),
        ("stage", 1),
        ("language", None),
        ("language", "unheard_of"),
        ("language", "DE"),
        ("language", ""),
        ("language", 1),
        ("published_at", "now"),
        ("published_at", 1924972200),
        ("published_at", "2030-12-31T18:30:00"),
        ("keywords", None),
        ("keywords", "A"),
        ("keywords", {"0": "A"}),
        ("keywords", [None]),
        ("keywords", [1]),
        ("keywords", ["x" * 256]),
        ("keywords", ["NUL \x00"]),
        ("keywords", ["A"] * 11),
        ("wire_id", 1),
        ("wire_id", "x" * 41),
        ("wire_id", "NUL \x00"),
        ("tip", 1),
        ("tip", "x" * 4001),
        ("tip", "NUL \x00"),
        ("desk_id", None),
        ("desk_id", "not-an-id"),
        ("topic_ids", None),
        ("topic_ids", NO_ID),
        ("topic_ids", ["not-an-id"]),
        ("topic_ids", [str(UUID(int=n)) for n in range(9)]),
        ("topic_ids", [NO_ID] * 2),
        ("related_ids", None),
        ("related_ids", NO_ID),
        ("related_ids", ["not-an-id"]),
        ("related_ids", [str(UUID(int=n)) for n in range(6)]),
        ("related_ids", [NO_ID] * 2),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    writer: AsyncClient, database: Database, field: str, value: Any
) -> None:
    article = await add_article(database, WRITER)

    assert_invalid(
        await writer.post(ARTICLES, json=await an_article(database, **{field: value})), field
    )
    assert_invalid(await writer.patch(at(article), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("title", "AAA", "BBB"),
        ("slug", "a", "b"),
        ("body", "A", "B"),
        ("language", "de", "en"),
        ("published_at", "2030-01-01T18:30:00Z", "2030-01-02T18:30:00Z"),
        ("published_at", "2030-01-01T18:30:00Z", None),
        ("keywords", ["C", "B"], ["B", "A"]),
    ],
)
async def test_a_change_leaves_the_rest_as_it_was(
    writer: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    article = await add_article(database, WRITER, **{field: old})
    before = (await writer.get(at(article))).json()

    changed = await writer.patch(at(article), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await writer.get(at(article))).json() == after


async def test_a_change_of_nothing_changes_nothing(writer: AsyncClient, database: Database) -> None:
    article = await add_article(database, WRITER)
    before = (await writer.get(at(article))).json()

    assert (await writer.patch(at(article), json={})).json() == before


async def test_a_deleted_article_is_gone(writer: AsyncClient, database: Database) -> None:
    article = await add_article(database, WRITER)

    assert (await writer.delete(at(article))).status_code == 204
    assert_problem(await writer.get(at(article)), ArticleNotFound)
    assert_problem(await writer.patch(at(article), json={}), ArticleNotFound)
    assert_problem(await writer.delete(at(article)), ArticleNotFound)


async def test_an_id_that_nothing_has_is_not_found(writer: AsyncClient) -> None:
    assert_problem(await writer.get(NOWHERE), ArticleNotFound)
    assert_invalid(await writer.get(f"{ARTICLES}/not-an-id"), "article_id")


@pytest.mark.parametrize(("field", "value"), [("wire_id", "C")])
async def test_what_is_sent_once_is_not_changed(
    writer: AsyncClient, database: Database, field: str, value: Any
) -> None:
    article = await add_article(database, WRITER)
    before = (await writer.get(at(article))).json()

    changed = await writer.patch(at(article), json={field: value})

    assert_invalid(changed, field)
    assert (await writer.get(at(article))).json() == before


@pytest.mark.parametrize(("field", "value", "new"), [("tip", "A", "C")])
async def test_what_is_private_is_kept_and_never_shown(
    writer: AsyncClient, database: Database, field: str, value: Any, new: Any
) -> None:
    sent = await an_article(database, **{field: value})

    made = await writer.post(ARTICLES, json=sent)
    path = f"{ARTICLES}/{made.json()['id']}"
    changed = await writer.patch(path, json={field: new})
    found = await writer.get(path)
    listed = await writer.get(ARTICLES)

    for shown in (made.json(), changed.json(), found.json(), *listed.json()["items"]):
        assert "id" in shown
        assert field not in shown
    assert field not in dict(ArticleCreate.model_validate(sent).__repr_args__())
    assert field not in dict(ArticleUpdate.model_validate({field: new}).__repr_args__())
    async with database.reads() as session:
        kept = await session.scalar(select(getattr(Article, field)))
    assert to_jsonable_python(kept) == new


# Beside other rows.


async def test_no_two_articles_share_wire_id(writer: AsyncClient, database: Database) -> None:
    same = {"wire_id": (await an_article(database))["wire_id"]}
    await add_article(database, BOB, **same)

    refused = await writer.post(ARTICLES, json=await an_article(database, **same))
    assert_problem(refused, WireIdTaken)


async def test_an_owner_has_one_article_with_one_slug(
    writer: AsyncClient, database: Database
) -> None:
    article = await add_article(database, WRITER)
    same = {"slug": (await an_article(database))["slug"]}
    await add_article(database, WRITER, **same)

    refused = await writer.post(ARTICLES, json=await an_article(database, **same))
    assert_problem(refused, SlugTaken)
    assert_problem(await writer.patch(at(article), json=same), SlugTaken)


@pytest.mark.parametrize(("column", "error"), [("desk_id", DeskMissing)])
async def test_what_is_referred_to_has_to_exist(
    writer: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await writer.post(ARTICLES, json=await an_article(database, **nowhere))
    assert_problem(refused, error)
    article = await add_article(database, WRITER)
    assert_problem(await writer.patch(at(article), json=nowhere), error)


async def test_an_article_shows_its_author(writer: AsyncClient, database: Database) -> None:
    article = await add_article(database, WRITER)

    one, listed = await writer.get(at(article)), await writer.get(ARTICLES)

    for shown in (one.json(), *listed.json()["items"]):
        assert shown["author"].keys() == {"id"}
        assert shown["author"]["id"] == str(article.author_id)
        assert "author_id" not in shown


async def test_an_article_shows_its_desk(writer: AsyncClient, database: Database) -> None:
    article = await add_article(database, WRITER)

    one, listed = await writer.get(at(article)), await writer.get(ARTICLES)

    for shown in (one.json(), *listed.json()["items"]):
        assert shown["desk"].keys() == {"id", "name", "lead_id"}
        assert shown["desk"]["id"] == str(article.desk_id)
        assert "desk_id" not in shown


async def test_an_article_is_not_among_its_related(writer: AsyncClient, database: Database) -> None:
    article = await add_article(database, WRITER)

    refused = await writer.patch(at(article), json={"related_ids": [str(article.id)]})

    assert_problem(refused, RelatedItself)


async def test_an_article_has_the_topics_that_were_sent_last(
    writer: AsyncClient, database: Database
) -> None:
    ids = sorted([str((await add_topic(database)).id) for _ in range(2)])

    made = await writer.post(ARTICLES, json=await an_article(database, topic_ids=ids[::-1]))

    assert made.json()["topic_ids"] == ids
    path = made.headers["location"]
    assert (await writer.get(path)).json() == made.json()
    changed = await writer.patch(path, json={"topic_ids": ids[:-1]})
    assert changed.json()["topic_ids"] == ids[:-1]
    assert changed.json()["updated_at"] > made.json()["updated_at"]
    assert (await writer.patch(path, json={})).json() == changed.json()
    assert (await writer.get(path)).json() == changed.json()


async def test_an_article_has_no_topics_that_do_not_exist(
    writer: AsyncClient, database: Database
) -> None:
    nowhere = [str(uuid4())]

    refused = await writer.post(ARTICLES, json=await an_article(database, topic_ids=nowhere))
    assert_problem(refused, TopicMissing)
    article = await add_article(database, WRITER)
    before = (await writer.get(at(article))).json()
    assert_problem(
        await writer.patch(at(article), json={"title": "CCC", "topic_ids": nowhere}), TopicMissing
    )
    assert (await writer.get(at(article))).json() == before


async def test_a_list_can_be_of_any_of_some_topics(writer: AsyncClient, database: Database) -> None:
    ids = sorted([str((await add_topic(database)).id) for _ in range(2)])
    rows = {
        "one": await add_article(database, WRITER, topic_ids=ids[:-1]),
        "two": await add_article(database, WRITER, topic_ids=ids[1:]),
    }

    found = await writer.get(ARTICLES, params={"topic_ids": ids[0]})
    assert which(rows, found) == {"one"}
    found = await writer.get(ARTICLES, params={"topic_ids": ids})
    assert which(rows, found) == {"one", "two"}
    found = await writer.get(ARTICLES, params={"topic_ids": str(uuid4())})
    assert which(rows, found) == set()


async def test_an_article_has_the_related_that_were_sent_last(
    writer: AsyncClient, database: Database
) -> None:
    ids = sorted([str((await add_article(database, WRITER)).id) for _ in range(2)])

    made = await writer.post(ARTICLES, json=await an_article(database, related_ids=ids[::-1]))

    assert made.json()["related_ids"] == ids
    path = made.headers["location"]
    assert (await writer.get(path)).json() == made.json()
    changed = await writer.patch(path, json={"related_ids": ids[:-1]})
    assert changed.json()["related_ids"] == ids[:-1]
    assert changed.json()["updated_at"] > made.json()["updated_at"]
    assert (await writer.patch(path, json={})).json() == changed.json()
    assert (await writer.get(path)).json() == changed.json()


async def test_an_article_has_no_related_that_do_not_exist(
    writer: AsyncClient, database: Database
) -> None:
    nowhere = [str(uuid4())]

    refused = await writer.post(ARTICLES, json=await an_article(database, related_ids=nowhere))
    assert_problem(refused, RelatedMissing)
    article = await add_article(database, WRITER)
    before = (await writer.get(at(article))).json()
    assert_problem(
        await writer.patch(at(article), json={"title": "CCC", "related_ids": nowhere}),
        RelatedMissing,
    )
    assert (await writer.get(at(article))).json() == before


async def test_nobody_links_an_article_that_they_may_not_read_as_related(
    writer: AsyncClient, database: Database
) -> None:
    hidden = {"related_ids": [str((await add_article(database, BOB)).id)]}

    refused = await writer.post(ARTICLES, json=await an_article(database, **hidden))
    assert_problem(refused, RelatedMissing)
    article = await add_article(database, WRITER)
    assert_problem(await writer.patch(at(article), json=hidden), RelatedMissing)


async def test_an_article_keeps_the_related_that_it_has(
    writer: AsyncClient, database: Database
) -> None:
    hidden = {"related_ids": [str((await add_article(database, BOB)).id)]}
    article = await add_article(database, WRITER, **hidden)

    assert (await writer.patch(at(article), json=hidden)).status_code == 200


async def test_a_list_can_be_of_any_of_some_related(
    writer: AsyncClient, database: Database
) -> None:
    ids = sorted([str((await add_article(database, WRITER)).id) for _ in range(2)])
    rows = {
        "one": await add_article(database, WRITER, related_ids=ids[:-1]),
        "two": await add_article(database, WRITER, related_ids=ids[1:]),
    }

    found = await writer.get(ARTICLES, params={"related_ids": ids[0]})
    assert which(rows, found) == {"one"}
    found = await writer.get(ARTICLES, params={"related_ids": ids})
    assert which(rows, found) == {"one", "two"}
    found = await writer.get(ARTICLES, params={"related_ids": str(uuid4())})
    assert which(rows, found) == set()


async def test_an_article_takes_along_its_comments(writer: AsyncClient, database: Database) -> None:
    article = await add_article(database, WRITER)
    comment = await add_comment(database, WRITER, article_id=str(article.id))

    assert (await writer.delete(at(article))).status_code == 204
    left = await stored(database, comment)
    assert left is None


# Lists.


async def test_a_list_is_sorted_by_published_at(writer: AsyncClient, database: Database) -> None:
    articles = [
        await add_article(database, WRITER, published_at=value)
        for value in ("2030-01-01T18:30:00Z", "2030-01-03T18:30:00Z")
    ]

    assert ids_of(await writer.get(ARTICLES)) == in_order(articles, "-published_at")


@pytest.mark.parametrize(
    "sort", ["created_at", "-created_at", "title", "-title", "published_at", "-published_at"]
)
async def test_pages_join_in_order_without_a_gap_or_a_double(
    writer: AsyncClient, database: Database, sort: str
) -> None:
    articles = [
        await add_article(database, WRITER, title=title, published_at=published_at)
        for title, published_at in (
            ("BBB", "2030-01-02T18:30:00Z"),
            ("AAA", None),
            ("BBB", None),
            ("CCC", "2030-01-03T18:30:00Z"),
            ("BBB", "2030-01-02T18:30:00Z"),
        )
    ]

    items = await walk(writer, ARTICLES, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(articles, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"language": "de"}, {"one"}),
        ({"language": ["de", "en"]}, {"one", "two"}),
        ({"published_at": "2030-01-01T18:30:00Z"}, {"one"}),
        ({"published_at": ["2030-01-01T18:30:00Z", "2030-01-02T18:30:00Z"]}, {"one", "two"}),
        ({"published_at_gte": "2030-01-02T18:30:00Z"}, {"two"}),
        ({"published_at_lte": "2030-01-01T18:30:00Z"}, {"one"}),
        ({"published_at_isnull": True}, {"three"}),
        ({"published_at_isnull": False}, {"one", "two"}),
        ({"keywords": "A"}, {"one", "two"}),
        ({"keywords": "B"}, {"two"}),
        ({"keywords": ["A", "B"]}, {"one", "two"}),
        ({"author_id": str(WRITER.id)}, {"one", "two", "three"}),
        ({"author_id": str(BOB.id)}, set()),
        ({"language": "de", "published_at": "2030-01-03T18:30:00Z"}, set()),
    ],
)
async def test_a_filter_finds_what_it_says(
    writer: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_article(
            database, WRITER, language="de", published_at="2030-01-01T18:30:00Z", keywords=["A"]
        ),
        "two": await add_article(
            database,
            WRITER,
            language="en",
            published_at="2030-01-02T18:30:00Z",
            keywords=["A", "B"],
        ),
        "three": await add_article(database, WRITER, language="fr", published_at=None, keywords=[]),
    }

    found = await writer.get(ARTICLES, params=params)

    assert which(rows, found) == names


async def test_a_list_can_be_of_one_desk(writer: AsyncClient, database: Database) -> None:
    article = await add_article(database, WRITER)
    there, nowhere = {"desk_id": str(article.desk_id)}, {"desk_id": str(uuid4())}

    assert ids_of(await writer.get(ARTICLES, params=there)) == [str(article.id)]
    assert ids_of(await writer.get(ARTICLES, params=nowhere)) == []


@pytest.mark.parametrize("field", ["title", "body"])
@pytest.mark.parametrize(
    ("words", "found"),
    [("fox quick", True), ("fox -quick", False), ("bear", False), ("'\"(&|!:*", False)],
)
async def test_a_search_finds_words_in_any_order(
    writer: AsyncClient, database: Database, field: str, words: str, found: bool
) -> None:
    await add_article(database, WRITER, **{field: "The quick brown fox"})

    assert bool(ids_of(await writer.get(ARTICLES, params={"q": words}))) is found


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "slug"}, "sort"),
        ({"sort": "created_at; drop table articles"}, "sort"),
        ({"q": ""}, "q"),
        ({"stage": "unheard_of"}, "stage"),
        ({"language": "unheard_of"}, "language"),
        ({"published_at": "now"}, "published_at"),
        ({"keywords": "x" * 256}, "keywords"),
        ({"author_id": "not-an-id"}, "author_id"),
        ({"desk_id": "not-an-id"}, "desk_id"),
        ({"topic_ids": "not-an-id"}, "topic_ids"),
        ({"related_ids": "not-an-id"}, "related_ids"),
        ({"tip": "A"}, "tip"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    writer: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await writer.get(ARTICLES, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    writer: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_article(database, WRITER)
    cursor = (await writer.get(ARTICLES, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await writer.get(ARTICLES, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    writer: AsyncClient, database: Database, count: int
) -> None:
    topic_ids = sorted([str((await add_topic(database)).id) for _ in range(2)])
    related_ids = sorted([str((await add_article(database, WRITER)).id) for _ in range(2)])
    for _ in range(count):
        await add_article(database, WRITER, topic_ids=topic_ids, related_ids=related_ids)

    with counted(database) as statements:
        found = await writer.get(ARTICLES)

    assert len(ids_of(found)) == min(count + 2, 20)
    # One more says who is calling.
    assert len(statements) == 2


async def test_one_row_costs_one_query(writer: AsyncClient, database: Database) -> None:
    topic_ids = sorted([str((await add_topic(database)).id) for _ in range(2)])
    related_ids = sorted([str((await add_article(database, WRITER)).id) for _ in range(2)])
    article = await add_article(database, WRITER, topic_ids=topic_ids, related_ids=related_ids)

    with counted(database) as statements:
        assert (await writer.get(at(article))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
