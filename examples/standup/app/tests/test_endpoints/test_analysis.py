from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from app.core.errors import AppError, Unauthenticated
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import Analysis
from app.services.analysis import AnalysisNotFound, TeamMissing
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import ids_of, in_order, walk, which
from app.tests.people import ALICE, BOB
from app.tests.queries import counted
from app.tests.samples import NO_ID
from app.tests.samples.analysis import add_analysis, an_analysis

ANALYSES = "/api/v1/analyses"
NOWHERE = f"{ANALYSES}/{NO_ID}"


def at(analysis: Analysis) -> str:
    return f"{ANALYSES}/{analysis.id}"


# Who may do what.


@pytest.mark.parametrize(
    ("method", "path"), [("POST", ANALYSES), ("PATCH", NOWHERE), ("DELETE", NOWHERE)]
)
async def test_a_visitor_is_asked_to_sign_in(visitor: AsyncClient, method: str, path: str) -> None:
    # Before anything else is looked at: this body is not even JSON.
    assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)


async def test_everybody_reads_analyses(visitor: AsyncClient, database: Database) -> None:
    analysis = await add_analysis(database)

    assert (await visitor.get(at(analysis))).status_code == 200
    assert ids_of(await visitor.get(ANALYSES)) == [str(analysis.id)]


async def test_nobody_changes_or_deletes_an_analysis_of_somebody_else(
    alice: AsyncClient, bob: AsyncClient, admin: AsyncClient, database: Database
) -> None:
    analysis = await add_analysis(database)
    before = (await alice.get(at(analysis))).json()

    for person in (bob, admin):
        assert_problem(
            await person.patch(at(analysis), json={"what_happened": "C"}), AnalysisNotFound
        )
        assert_problem(await person.delete(at(analysis)), AnalysisNotFound)
    assert (await alice.get(at(analysis))).json() == before


async def test_a_lead_creates_changes_and_deletes_every_analysis(
    lead: AsyncClient, database: Database
) -> None:
    analysis = await add_analysis(database)
    sent = await an_analysis(database)

    assert (await lead.post(ANALYSES, json=sent)).status_code == 201
    assert (await lead.patch(at(analysis), json={})).status_code == 200
    assert (await lead.delete(at(analysis))).status_code == 204


async def test_an_analysis_belongs_to_who_made_it(alice: AsyncClient, database: Database) -> None:
    theirs = {"author_id": str(BOB.id)}

    made = await alice.post(ANALYSES, json=await an_analysis(database))

    assert made.json()["author_id"] == str(ALICE.id)
    assert_invalid(
        await alice.post(ANALYSES, json=await an_analysis(database, **theirs)), "author_id"
    )
    path = made.headers["location"]
    assert_invalid(await alice.patch(path, json=theirs), "author_id")
    assert (await alice.get(path)).json()["author_id"] == str(ALICE.id)


# What rights ask of a row.


@pytest.mark.parametrize(
    ("holding", "answers"),
    [
        (
            {"is_public": True},
            {"visitor": 200, "alice": 200, "bob": 200, "lead": 200, "admin": 200},
        ),
        (
            {"is_public": False},
            {"visitor": 404, "alice": 200, "bob": 200, "lead": 200, "admin": 200},
        ),
    ],
)
async def test_who_reads_an_analysis_depends_on_what_it_holds(
    visitor: AsyncClient,
    alice: AsyncClient,
    bob: AsyncClient,
    lead: AsyncClient,
    admin: AsyncClient,
    database: Database,
    holding: dict[str, Any],
    answers: dict[str, int],
) -> None:
    analysis = await add_analysis(database, **holding)
    people = {"visitor": visitor, "alice": alice, "bob": bob, "lead": lead, "admin": admin}

    for name, answer in answers.items():
        assert (await people[name].get(at(analysis))).status_code == answer
        if answer in (200, 404):
            shown = [str(analysis.id)] if answer == 200 else []
            assert ids_of(await people[name].get(ANALYSES)) == shown


# Create, show, change, delete.


async def test_a_new_analysis_is_found_where_the_answer_says(
    alice: AsyncClient, database: Database
) -> None:
    sent = await an_analysis(database)

    made = await alice.post(ANALYSES, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= sent.items()
    found = await alice.get(made.headers["location"])
    assert found.status_code == 200
    assert found.json() == made.json()


async def test_what_is_left_out_is_null(alice: AsyncClient, database: Database) -> None:
    missing = {"duration_s": None, "raw_data": None, "screenshot": None}
    sent = {
        key: value for key, value in (await an_analysis(database)).items() if key not in missing
    }

    made = await alice.post(ANALYSES, json=sent)

    assert made.status_code == 201
    assert made.json().items() >= missing.items()


@pytest.mark.parametrize("field", ["team_id", "what_happened", "happened_on"])
async def test_what_is_required_is_asked_for(
    alice: AsyncClient, database: Database, field: str
) -> None:
    sent = await an_analysis(database)
    del sent[field]

    assert_invalid(await alice.post(ANALYSES, json=sent), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what_happened", None),
        ("what_happened", 1),
        ("what_happened", ""),
        ("what_happened", "x" * 20001),
        ("what_happened", "NUL \x00"),
        ("happened_on", None),
        ("happened_on", "tomorrow"),
        ("happened_on", 20301231),
        ("happened_on", "0001-01-01"),
        ("duration_s", "3"),
        ("duration_s", True),
        ("duration_s", 1.5),
        ("duration_s", -1),
        ("duration_s", 9007199254740992),
        ("is_public", None),
        ("is_public", "true"),
        ("is_public", 1),
        ("raw_data", "NUL \x00"),
        ("raw_data", {"NUL \x00": 1}),
        ("raw_data", [{"deep": "\x00"}]),
        ("raw_data", 9007199254740992),
        ("raw_data", [1e300]),
        ("raw_data", "x" * 65536),
        ("raw_data", [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]),
        ("screenshot", 1),
        ("screenshot", "no base64!"),
        ("screenshot", "QQ"),
        ("screenshot", "A" * 1398104),
        ("team_id", None),
        ("team_id", "not-an-id"),
        ("id", NO_ID),
        ("created_at", "2030-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
async def test_a_value_that_does_not_hold_is_refused(
    alice: AsyncClient, database: Database, field: str, value: Any
) -> None:
    analysis = await add_analysis(database)

    assert_invalid(
        await alice.post(ANALYSES, json=await an_analysis(database, **{field: value})), field
    )
    assert_invalid(await alice.patch(at(analysis), json={field: value}), field)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("what_happened", "A", "B"),
        ("happened_on", "2030-01-01", "2030-01-02"),
        ("duration_s", 1, 2),
        ("duration_s", 1, None),
        ("raw_data", {"size": 1, "of": None}, ["red", 2.5, {"": True}]),
        ("raw_data", {"size": 1, "of": None}, None),
        ("screenshot", "QQ==", "Qg=="),
        ("screenshot", "QQ==", None),
    ],
)
async def test_a_change_leaves_the_rest_as_it_was(
    alice: AsyncClient, database: Database, field: str, old: Any, new: Any
) -> None:
    analysis = await add_analysis(database, **{field: old})
    before = (await alice.get(at(analysis))).json()

    changed = await alice.patch(at(analysis), json={field: new})

    assert changed.status_code == 200
    after = changed.json()
    assert after == before | {field: new, "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]
    assert (await alice.get(at(analysis))).json() == after


async def test_a_change_of_nothing_changes_nothing(alice: AsyncClient, database: Database) -> None:
    analysis = await add_analysis(database)
    before = (await alice.get(at(analysis))).json()

    assert (await alice.patch(at(analysis), json={})).json() == before


async def test_a_deleted_analysis_is_gone(alice: AsyncClient, database: Database) -> None:
    analysis = await add_analysis(database)

    assert (await alice.delete(at(analysis))).status_code == 204
    assert_problem(await alice.get(at(analysis)), AnalysisNotFound)
    assert_problem(await alice.patch(at(analysis), json={}), AnalysisNotFound)
    assert_problem(await alice.delete(at(analysis)), AnalysisNotFound)


async def test_an_id_that_nothing_has_is_not_found(alice: AsyncClient) -> None:
    assert_problem(await alice.get(NOWHERE), AnalysisNotFound)
    assert_invalid(await alice.get(f"{ANALYSES}/not-an-id"), "analysis_id")


# Beside other rows.


@pytest.mark.parametrize(("column", "error"), [("team_id", TeamMissing)])
async def test_what_is_referred_to_has_to_exist(
    alice: AsyncClient, database: Database, column: str, error: type[AppError]
) -> None:
    nowhere = {column: str(uuid4())}

    refused = await alice.post(ANALYSES, json=await an_analysis(database, **nowhere))
    assert_problem(refused, error)
    analysis = await add_analysis(database)
    assert_problem(await alice.patch(at(analysis), json=nowhere), error)


# Lists.


async def test_a_list_has_the_newest_first(visitor: AsyncClient, database: Database) -> None:
    analyses = [await add_analysis(database) for _ in range(3)]

    ids = [str(analysis.id) for analysis in reversed(analyses)]
    assert ids_of(await visitor.get(ANALYSES)) == ids


@pytest.mark.parametrize(
    "sort",
    ["created_at", "-created_at", "happened_on", "-happened_on", "duration_s", "-duration_s"],
)
async def test_pages_join_in_order_without_a_gap_or_a_double(
    visitor: AsyncClient, database: Database, sort: str
) -> None:
    analyses = [
        await add_analysis(database, happened_on=happened_on, duration_s=duration_s)
        for happened_on, duration_s in (
            ("2030-01-02", 2),
            ("2030-01-01", None),
            ("2030-01-02", None),
            ("2030-01-03", 3),
            ("2030-01-02", 2),
        )
    ]

    items = await walk(visitor, ANALYSES, sort=sort, limit=2)

    assert [item["id"] for item in items] == in_order(analyses, sort)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"happened_on": "2030-01-01"}, {"one"}),
        ({"happened_on": ["2030-01-01", "2030-01-02"]}, {"one", "two"}),
        ({"happened_on_gte": "2030-01-03"}, {"three"}),
        ({"happened_on_lte": "2030-01-01"}, {"one"}),
        ({"author_id": str(ALICE.id)}, {"one", "two", "three"}),
        ({"author_id": str(BOB.id)}, set()),
    ],
)
async def test_a_filter_finds_what_it_says(
    visitor: AsyncClient, database: Database, params: dict[str, Any], names: set[str]
) -> None:
    rows = {
        "one": await add_analysis(database, happened_on="2030-01-01"),
        "two": await add_analysis(database, happened_on="2030-01-02"),
        "three": await add_analysis(database, happened_on="2030-01-03"),
    }

    found = await visitor.get(ANALYSES, params=params)

    assert which(rows, found) == names


async def test_a_list_can_be_of_one_team(visitor: AsyncClient, database: Database) -> None:
    analysis = await add_analysis(database)
    there, nowhere = {"team_id": str(analysis.team_id)}, {"team_id": str(uuid4())}

    assert ids_of(await visitor.get(ANALYSES, params=there)) == [str(analysis.id)]
    assert ids_of(await visitor.get(ANALYSES, params=nowhere)) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("fox quick", True), ("fox -quick", False), ("bear", False), ("'\"(&|!:*", False)],
)
async def test_a_search_finds_words_in_any_order(
    visitor: AsyncClient, database: Database, words: str, found: bool
) -> None:
    await add_analysis(database, what_happened="The quick brown fox")

    assert bool(ids_of(await visitor.get(ANALYSES, params={"q": words}))) is found


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"sort": "team_id"}, "sort"),
        ({"sort": "created_at; drop table analyses"}, "sort"),
        ({"q": ""}, "q"),
        ({"happened_on": "tomorrow"}, "happened_on"),
        ({"is_public": "perhaps"}, "is_public"),
        ({"team_id": "not-an-id"}, "team_id"),
        ({"author_id": "not-an-id"}, "author_id"),
        ({"unheard_of": "red"}, "unheard_of"),
    ],
)
async def test_a_list_refuses_what_it_may_not_be_asked(
    visitor: AsyncClient, params: dict[str, Any], refused: str
) -> None:
    assert_invalid(await visitor.get(ANALYSES, params=params), refused)


async def test_a_cursor_fits_the_list_that_it_came_from(
    visitor: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await add_analysis(database)
    cursor = (await visitor.get(ANALYSES, params={"limit": 1})).json()["next_cursor"]

    for params in ({"cursor": "bm90IG91cnM"}, {"cursor": cursor, "sort": "created_at"}):
        assert_problem(await visitor.get(ANALYSES, params=params), CursorInvalid)


@pytest.mark.parametrize("count", [1, 21])
async def test_a_list_costs_one_query_however_long(
    visitor: AsyncClient, database: Database, count: int
) -> None:
    for _ in range(count):
        await add_analysis(database)

    with counted(database) as statements:
        found = await visitor.get(ANALYSES)

    assert len(ids_of(found)) == min(count, 20)
    assert len(statements) == 1


async def test_one_row_costs_one_query(visitor: AsyncClient, database: Database) -> None:
    analysis = await add_analysis(database)

    with counted(database) as statements:
        assert (await visitor.get(at(analysis))).status_code == 200

    assert len(statements) == 1
