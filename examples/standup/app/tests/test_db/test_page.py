import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from pydantic import TypeAdapter, ValidationError

from app.core.config import Settings
from app.db.database import Database
from app.db.ids import new_id
from app.db.page import LONG, CursorInvalid, cursor_of, decimals
from app.tests.answers import assert_problem
from app.tests.apps import running
from app.tests.lists import walk
from app.tests.notes import (
    SORT_KEYS,
    Note,
    NoteQuery,
    NoteRepository,
    NoteSort,
    add_note,
    forget_notes,
    notes_in,
    router,
)

NOTES = "/notes"
SOME_ID = "00000000-0000-7000-8000-000000000001"


@pytest.fixture(scope="module")
async def whole_app(settings: Settings) -> AsyncIterator[FastAPI]:
    async with running(settings, router) as app, notes_in(app.state.database):
        yield app


@pytest.fixture(autouse=True)
async def no_notes(database: Database) -> None:
    await forget_notes(database)


async def all_notes(database: Database, sort: NoteSort) -> list[Note]:
    """Read every note, two at a time."""
    notes: list[Note] = []
    cursor = None
    async with database.reads() as session:
        while True:
            asked = NoteQuery(sort=sort, limit=2, cursor=cursor)
            page = await NoteRepository(session).page(asked)
            notes += page.items
            cursor = page.next_cursor
            if cursor is None:
                return notes
            assert len(page.items) == 2


def written(*parts: Any) -> str:
    """Write a cursor as ours are written."""
    text = json.dumps(list(parts))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("sort", ["stars", "-stars", "label", "-label"])
async def test_rows_without_a_value_have_their_place_on_the_pages(
    database: Database, sort: str
) -> None:
    values = [(3, "b"), (None, None), (1, "c"), (None, "a"), (3, None), (5, "d"), (None, None)]
    for stars, label in values:
        await add_note(database, stars=stars, label=label)

    notes = await all_notes(database, NoteSort(sort))

    field = sort.removeprefix("-")
    # As text, nothing stands before every digit and letter.
    keys = [(str(getattr(note, field) or ""), note.id) for note in notes]
    assert len(set(keys)) == len(values)
    assert keys == sorted(keys, reverse=sort.startswith("-"))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
async def test_the_last_page_leads_nowhere(database: Database, count: int) -> None:
    for _ in range(count):
        await add_note(database)

    assert len(await all_notes(database, NoteSort.STARS)) == count


@pytest.mark.parametrize("title", ["😀" * 200, "\x01" * 200, '"\\' * 100, "é" * 200])
async def test_a_page_leads_on_whatever_its_last_row_is_called(
    alice: AsyncClient, database: Database, title: str
) -> None:
    for _ in range(3):
        await add_note(database, title=title)

    assert len(await walk(alice, NOTES, sort="title", limit=1)) == 3


def test_the_longest_key_has_a_cursor() -> None:
    cursor = cursor_of("\x01" * 600, new_id(), SORT_KEYS[NoteSort.TITLE])

    assert NoteQuery(cursor=cursor).cursor == cursor


DEEP = urlsafe_b64encode(b"[" * 1401).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "A",
        "AAAAA",
        "bm90IG91cnM",
        "_-_-",
        "%00",
        "ü",
        "x" * 5001,
        DEEP,
        written(),
        written("-created_at"),
        written("-created_at", "2030-01-01T00:00:00Z"),
        written("-created_at", "2030-01-01T00:00:00Z", SOME_ID, 1),
        written("title", "x", SOME_ID),
        written(["-created_at"], "2030-01-01T00:00:00Z", SOME_ID),
        written("-created_at", "2030-01-01T00:00:00", SOME_ID),
        written("-created_at", "0001-01-01T00:00:00+23:59", SOME_ID),
        written("-created_at", "9999-12-31T23:59:59-23:59", SOME_ID),
        written("-created_at", float("nan"), SOME_ID),
        written("-created_at", float("inf"), SOME_ID),
        written("-created_at", 10**400, SOME_ID),
        written("-created_at", None, SOME_ID),
        written("-created_at", {"$gt": ""}, SOME_ID),
        written("-created_at", "2030-01-01T00:00:00Z", None),
        written("-created_at", "2030-01-01T00:00:00Z", 1),
        written("-created_at", "2030-01-01T00:00:00Z", "1"),
        written("-created_at", "2030-01-01T00:00:00Z", [SOME_ID]),
        urlsafe_b64encode(b'"abc"').decode().rstrip("="),
        urlsafe_b64encode(b'{"a": 1, "b": 2, "c": 3}').decode().rstrip("="),
        urlsafe_b64encode(b'["-created_at", "\xff", ""]').decode().rstrip("="),
    ],
    ids=lambda cursor: cursor[:40],
)
async def test_a_cursor_that_is_not_ours_is_refused(alice: AsyncClient, cursor: str) -> None:
    answer = await alice.get(NOTES, params={"cursor": cursor})

    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    "key", ["NUL \x00", "half \ud800", "x" * 601, 1, None, ["x"], float("nan")]
)
async def test_a_key_that_no_row_can_have_is_refused(alice: AsyncClient, key: Any) -> None:
    params = {"sort": "title", "cursor": written("title", key, SOME_ID)}

    answer = await alice.get(NOTES, params=params)

    assert_problem(answer, CursorInvalid)


@pytest.mark.parametrize("key", [2**31, -(2**31) - 1, 10**400, 1.5, "many", float("inf")])
async def test_a_number_that_no_row_can_have_is_refused(database: Database, key: Any) -> None:
    asked = NoteQuery(sort=NoteSort.STARS, cursor=written("stars", key, SOME_ID))
    async with database.reads() as session:
        with pytest.raises(CursorInvalid):
            await NoteRepository(session).page(asked)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"])
async def test_a_moment_that_no_row_can_have_is_refused(alice: AsyncClient, moment: str) -> None:
    cursor = written("-created_at", moment, SOME_ID)

    assert_problem(await alice.get(NOTES, params={"cursor": cursor}), CursorInvalid)


@pytest.mark.parametrize(
    ("kind", "fits", "beyond"),
    [
        (LONG, 2**63 - 1, 2**63),
        (LONG, -(2**63), -(2**63) - 1),
        (decimals(10, 2), "-99999999.99", "100000000"),
        (decimals(10, 2), "0.01", "0.001"),
        (decimals(10, 2), "0", "1e100"),
    ],
    ids=["long", "long below", "digits", "places", "exponent"],
)
def test_a_key_is_within_its_column(kind: TypeAdapter[Any], fits: Any, beyond: Any) -> None:
    kind.validate_python(fits)

    with pytest.raises(ValidationError):
        kind.validate_python(beyond)


def test_ids_are_in_the_order_of_time() -> None:
    ids = [new_id() for _ in range(1000)]

    assert len(set(ids)) == 1000
    assert {(made.version, made.variant) for made in ids} == {(7, "specified in RFC 4122")}
    moments = [made.int >> 80 for made in ids]
    assert moments == sorted(moments)
