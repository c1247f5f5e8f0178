from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Desk
from app.services.desk import DeskHasArticles, DeskNotFound, LeadMissing, NameTaken
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ADMIN, ALICE, BOB
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.article import add_article
from app.tests.samples.desk import a_desk, add_desk

DESKS = "/api/v1/desks"
NOWHERE = f"{DESKS}/{NO_ID}"


def at(desk: Desk) -> str:
    return f"{DESKS}/{desk.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"), [("POST", DESKS), ("PATCH", NOWHERE), ("DELETE", NOWHERE)]
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_everybody_reads_desks(visitor: AsyncClient, database: Database) -> None:
    desk = await add_desk(database)

    assert (await visitor.get(at(desk))).status_code == 200
    assert ids_of(await visitor.get(DESKS)) == [str(desk.id)]


async def test_only_administrators_write_desks(
    admin: AsyncClient,
    alice: AsyncClient,
    writer: AsyncClient,
    editor: AsyncClient,
    database: Database,
) -> None:
    desk = await add_desk(database)
    sent = a_desk()
    before = (await admin.get(at(desk))).json()

    for person in (alice, writer, editor):
        assert_problem(await person.post(DESKS, json=sent), Forbidden)
        assert_problem(await person.patch(at(desk), json={"name": "C"}), Forbidden)
        assert_problem(await person.delete(at(desk)), Forbidden)
    assert (await admin.get(DESKS)).json()["items"] == [before]


async def test_an_admin_creates_changes_and_deletes_every_desk(
    admin: AsyncClient, database: Database
) -> None:
    desk = await add_desk(database)
    sent = a_desk()

    assert (await admin.post(DESKS, json=sent)).status_code == 201
    assert (await admin.patch(at(desk), json={})).status_code == 200
    assert (await admin.delete(at(desk))).status_code == 204


# Create, show, change, delete.


async def test_a_new_desk_is_found_where_the_answer_says(admin: AsyncClient) -> None:
    sent = a_desk()

    made = await admin.post(DESKS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await admin.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_is_null(admin: AsyncClient) -> None:
    missing = {"lead": None}
    sent = {key: value for key, value in a_desk().items() if key not in missing}

    made = await admin.post(DESKS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["name"])
async def test_what_is_required_is_asked_for(admin: AsyncClient, field: str) -> None:
    sent = a_desk()
    del sent[field]

    assert_invalid(await admin.post(DESKS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", None),
        ("name", 1),
        ("name", ""),
        ("name", "x" * 61),
        ("name", "NUL \x00"),
        ("lead_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    admin: AsyncClient, database: Database, field: str, value: Any
) -> None:
    desk = await add_desk(database)

    assert_invalid(await admin.post(DESKS, json=a_desk(**{field: value})), field)
    assert_invalid(await admin.patch(at(desk), json={field: value}), field)


@pytest.mark.parametrize(("field", "old", "new"), [("name", "A", "B")])
async def test_a_change_leaves_the_rest_as_it_was(
    admin: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    desk = await add_desk(database, **{field: old})
    before = (await admin.get(at(desk))).json()

    changed = await admin.patch(at(desk), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await admin.get(at(desk))).json() == after


async def test_a_change_of_nothing_changes_nothing(admin: AsyncClient, database: Database) -> None:
    desk = await add_desk(database)
    before = (await admin.get(at(desk))).json()

    assert (await admin.patch(at(desk), json={})).json() == before


async def test_a_deleted_desk_is_gone(admin: AsyncClient, database: Database) -> None:
    desk = await add_desk(database)

    assert (await admin.delete(at(desk))).status_code == 204
    assert_problem(await admin.get(at(desk)), DeskNotFound)
    assert_problem(await admin.patch(at(desk), json={}), DeskNotFound)
    assert_problem(await admin.delete(at(desk)), DeskNotFound)


async def test_an_id_that_nothing_has_is_not_found(admin: AsyncClient) -> None:
    assert_problem(await admin.get(NOWHERE), DeskNotFound)
    assert_invalid(await admin.get(f"{DESKS}/not-an-id"), "desk_id")


# Beside other rows.


async def test_no_two_desks_share_name(admin: AsyncClient, database: Database) -> None:
    desk = await add_desk(database)
    same = {"name": a_desk()["name"]}
    await add_desk(database, **same)

    refused = await admin.post(DESKS, json=a_desk(**same))
    assert_problem(refused, NameTaken)
    assert_problem(await admin.patch(at(desk), json=same), NameTaken)


@pytest.mark.parametrize(("column", "error"), [("lead_id", LeadMissing)])
async def test_what_is_referred_to_has_to_exist(
    admin: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await admin.post(DESKS, json=a_desk(**nowhere))
    assert_problem(refused, error)
    desk = await add_desk(database)
    assert_problem(await admin.patch(at(desk), json=nowhere), error)


async def test_a_desk_shows_its_lead(visitor: AsyncClient, database: Database) -> None:
    desk = await add_desk(database, lead_id=str(BOB.id))

    one, listed = await visitor.get(at(desk)), await visitor.get(DESKS)

    for shown in (one.json(), *listed.json()["items"]):
        assert shown["lead"].keys() == {"id"}
        assert shown["lead"]["id"] == str(desk.lead_id)
        assert "lead_id" not in shown


async def test_a_desk_stays_while_it_has_articles(admin: AsyncClient, database: Database) -> None:
    desk = await add_desk(database)
    await add_article(database, ADMIN, desk_id=str(desk.id))

    assert_problem(await admin.delete(at(desk)), DeskHasArticles)
    assert (await admin.get(at(desk))).status_code == 200


# Lists.


async def test_a_list_has_the_newest_first(visitor: AsyncClient, database: Database) -> None:
    desks = [await add_desk(database) for _ in range(3)]

    ids = [str(desk.id) for desk in reversed(desks)]
    assert ids_of(await visitor.get(DESKS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "name", "-name"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    visitor: AsyncClient, database: Database, sort: str
) -> None:
    desks = [await add_desk(database) for _ in range(5)]

    items = await walk(visitor, DESKS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(desks, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"lead_id": str(ALICE.id)}, {"one"}),
        ({"lead_id": str(BOB.id)}, {"two"}),
        ({"lead_id_isnull": True}, {"three"}),
    ],
)
async def test_a_filter_finds_what_it_says(
    visitor: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_desk(database, lead_id=str(ALICE.id)),
        "two": await add_desk(database, lead_id=str(BOB.id)),
        "three": await add_desk(database, lead_id=None),
    }

    found = await visitor.get(DESKS, params=params)

    assert which(rows, found) == names


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "lead_id"}, "sort"),
        ({"sort": "created_at; drop table desks"}, "sort"),
        ({"lead_id": "not-an-id"}, "lead_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    visitor: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await visitor.get(DESKS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    visitor: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_desk(database)
    cursor = (await visitor.get(DESKS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await visitor.get(DESKS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    visitor: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_desk(database)

    with counted(database) as statements:
        found = await visitor.get(DESKS)

    assert len(ids_of(found)) == min(count, 20)
    assert len(statements) == 1


async def test_one_row_costs_one_query(visitor: AsyncClient, database: Database) -> None:
    desk = await add_desk(database)

    with counted(database) as statements:
        assert (await visitor.get(at(desk))).status_code == 200

    assert len(statements) == 1
