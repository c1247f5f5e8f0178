from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import Forbidden, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Team
from app.services.team import MemberMissing, NameTaken, TeamHasAnalyses, TeamNotFound
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ALICE, BOB, LEAD
from app.tests.queries import counted, stored
from app.tests.samples import NO_ID
from app.tests.samples.analysis import add_analysis
from app.tests.samples.on_call_shift import add_on_call_shift
from app.tests.samples.series import add_series
from app.tests.samples.team import a_team, add_team

TEAMS = "/api/v1/teams"
NOWHERE = f"{TEAMS}/{NO_ID}"


def at(team: Team) -> str:
    return f"{TEAMS}/{team.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", TEAMS), ("POST", TEAMS), ("GET", NOWHERE), ("PATCH", NOWHERE), ("DELETE", NOWHERE)],
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_whoever_is_signed_in_reads_teams(bob: AsyncClient, database: Database) -> None:
    team = await add_team(database)

    assert (await bob.get(at(team))).status_code == 200
    assert str(team.id) in ids_of(await bob.get(TEAMS))


async def test_only_leads_write_teams(
    lead: AsyncClient, alice: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    team = await add_team(database)
    sent = a_team()
    before = (await lead.get(at(team))).json()

    for person in (alice, admin):
        assert_problem(await person.post(TEAMS, json=sent), Forbidden)
        assert_problem(await person.patch(at(team), json={"name": "C"}), Forbidden)
        assert_problem(await person.delete(at(team)), Forbidden)
    assert (await lead.get(TEAMS)).json()["items"] == [before]


async def test_a_lead_creates_changes_and_deletes_every_team(
    lead: AsyncClient, database: Database
) -> None:
    team = await add_team(database)
    sent = a_team()

    assert (await lead.post(TEAMS, json=sent)).status_code == 201
    assert (await lead.patch(at(team), json={})).status_code == 200
    assert (await lead.delete(at(team))).status_code == 204


# Create, show, change, delete.


async def test_a_new_team_is_found_where_the_answer_says(lead: AsyncClient) -> None:
    sent = a_team()

    made = await lead.post(TEAMS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await lead.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_has_its_default_or_is_null(lead: AsyncClient) -> None:
    missing: dict[str, Any] = {"member_ids": []}
    sent = {key: value for key, value in a_team().items() if key not in missing}

    made = await lead.post(TEAMS, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["name"])
async def test_what_is_required_is_asked_for(lead: AsyncClient, field: str) -> None:
    sent = a_team()
    del sent[field]

    assert_invalid(await lead.post(TEAMS, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", None),
        ("name", 1),
        ("name", ""),
        ("name", "x" * 61),
        ("name", "NUL \x00"),
        ("member_ids", None),
        ("member_ids", NO_ID),
        ("member_ids", ["not-an-id"]),
        ("member_ids", [str(UUID(int=n)) for n in range(101)]),
        ("member_ids", [NO_ID] * 2),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    lead: AsyncClient, database: Database, field: str, value: Any
) -> None:
    team = await add_team(database)

    assert_invalid(await lead.post(TEAMS, json=a_team(**{field: value})), field)
    assert_invalid(await lead.patch(at(team), json={field: value}), field)


@pytest.mark.parametrize(("field", "old", "new"), [("name", "A", "B")])
async def test_a_change_leaves_the_rest_as_it_was(
    lead: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    team = await add_team(database, **{field: old})
    before = (await lead.get(at(team))).json()

    changed = await lead.patch(at(team), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await lead.get(at(team))).json() == after


async def test_a_change_of_nothing_changes_nothing(lead: AsyncClient, database: Database) -> None:
    team = await add_team(database)
    before = (await lead.get(at(team))).json()

    assert (await lead.patch(at(team), json={})).json() == before


async def test_a_deleted_team_is_gone(lead: AsyncClient, database: Database) -> None:
    team = await add_team(database)

    assert (await lead.delete(at(team))).status_code == 204
    assert_problem(await lead.get(at(team)), TeamNotFound)
    assert_problem(await lead.patch(at(team), json={}), TeamNotFound)
    assert_problem(await lead.delete(at(team)), TeamNotFound)


async def test_an_id_that_nothing_has_is_not_found(lead: AsyncClient) -> None:
    assert_problem(await lead.get(NOWHERE), TeamNotFound)
    assert_invalid(await lead.get(f"{TEAMS}/not-an-id"), "team_id")


# Beside other rows.


async def test_no_two_teams_share_name(lead: AsyncClient, database: Database) -> None:
    team = await add_team(database)
    same = {"name": a_team()["name"]}
    await add_team(database, **same)

    refused = await lead.post(TEAMS, json=a_team(**same))
    assert_problem(refused, NameTaken)
    assert_problem(await lead.patch(at(team), json=same), NameTaken)


async def test_a_team_has_the_members_that_were_sent_last(lead: AsyncClient) -> None:
    ids = sorted([str(ALICE.id), str(BOB.id)])

    made = await lead.post(TEAMS, json=a_team(member_ids=ids[::-1]))

    assert made.json()["member_ids"] == ids
    path = made.headers["location"]
    assert (await lead.get(path)).json() == made.json()
    changed = await lead.patch(path, json={"member_ids": ids[:-1]})
    assert changed.json()["member_ids"] == ids[:-1]
    assert changed.json()["updated_at"] > made.json()["updated_at"]
    assert (await lead.patch(path, json={})).json() == changed.json()
    assert (await lead.get(path)).json() == changed.json()


async def test_a_team_has_no_members_that_do_not_exist(
    lead: AsyncClient, database: Database
) -> None:
    nowhere = [str(uuid4())]

    refused = await lead.post(TEAMS, json=a_team(member_ids=nowhere))
    assert_problem(refused, MemberMissing)
    team = await add_team(database)
    before = (await lead.get(at(team))).json()
    assert_problem(
        await lead.patch(at(team), json={"name": "C", "member_ids": nowhere}), MemberMissing
    )
    assert (await lead.get(at(team))).json() == before


async def test_a_list_can_be_of_any_of_some_members(lead: AsyncClient, database: Database) -> None:
    ids = sorted([str(ALICE.id), str(BOB.id)])
    rows = {
        "one": await add_team(database, member_ids=ids[:-1]),
        "two": await add_team(database, member_ids=ids[1:]),
    }

    found = await lead.get(TEAMS, params={"member_ids": ids[0]})
    assert which(rows, found) == {"one"}
    found = await lead.get(TEAMS, params={"member_ids": ids})
    assert which(rows, found) == {"one", "two"}
    found = await lead.get(TEAMS, params={"member_ids": str(uuid4())})
    assert which(rows, found) == set()


async def test_a_team_takes_along_its_meeting_series(lead: AsyncClient, database: Database) -> None:
    team = await add_team(database)
    series = await add_series(database, team_id=str(team.id))

    assert (await lead.delete(at(team))).status_code == 204
    left = await stored(database, series)
    assert left is None


async def test_a_team_stays_while_it_has_analyses(lead: AsyncClient, database: Database) -> None:
    team = await add_team(database)
    await add_analysis(database, LEAD, team_id=str(team.id))

    assert_problem(await lead.delete(at(team)), TeamHasAnalyses)
    assert (await lead.get(at(team))).status_code == 200


async def test_a_team_takes_along_its_on_call_shifts(lead: AsyncClient, database: Database) -> None:
    team = await add_team(database)
    on_call_shift = await add_on_call_shift(database, team_id=str(team.id))

    assert (await lead.delete(at(team))).status_code == 204
    left = await stored(database, on_call_shift)
    assert left is None


# Lists.


async def test_a_list_has_the_newest_first(lead: AsyncClient, database: Database) -> None:
    teams = [await add_team(database) for _ in range(3)]

    ids = [str(team.id) for team in reversed(teams)]
    assert ids_of(await lead.get(TEAMS)) == ids


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "name", "-name"])
async def test_pages_join_in_order_without_a_gap_or_a_double(
    lead: AsyncClient, database: Database, sort: str
) -> None:
    teams = [await add_team(database) for _ in range(5)]

    items = await walk(lead, TEAMS, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(teams, sort)


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "member_ids"}, "sort"),
        ({"sort": "created_at; drop table teams"}, "sort"),
        ({"member_ids": "not-an-id"}, "member_ids"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    lead: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await lead.get(TEAMS, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    lead: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_team(database)
    cursor = (await lead.get(TEAMS, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await lead.get(TEAMS, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    lead: AsyncClient, database: Database, count: int
) -> None:
    member_ids = sorted([str(ALICE.id), str(BOB.id)])
    for _ in range(count):
        await add_team(database, member_ids=member_ids)

    with counted(database) as statements:
        found = await lead.get(TEAMS)

    assert len(ids_of(found)) == min(count, 20)
    # One more says who is calling.
    assert len(statements) == 2


async def test_one_row_costs_one_query(lead: AsyncClient, database: Database) -> None:
    member_ids = sorted([str(ALICE.id), str(BOB.id)])
    team = await add_team(database, member_ids=member_ids)

    with counted(database) as statements:
        assert (await lead.get(at(team))).status_code == 200

    # One more says who is calling.
    assert len(statements) == 2
