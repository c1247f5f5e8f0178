from typing import Any

import pytest
from sqlalchemy import BigInteger, Integer, String, bindparam, insert, select, text
from sqlalchemy.exc import DBAPIError

from app.db.database import Database
from app.db.faults import Fault, fault_of
from app.models import RefreshToken, User
from app.tests.people import ALICE

SENTINEL = "one-of-her-secrets"
RAISE = "DO $$ BEGIN RAISE EXCEPTION 'so it is' USING ERRCODE = '{sqlstate}'; END $$"
INDEX_A_LONG_TEXT = """
    DO $$ BEGIN
        CREATE TEMPORARY TABLE notes (words text PRIMARY KEY) ON COMMIT DROP;
        INSERT INTO notes SELECT string_agg(md5(n::text), '') FROM generate_series(1, 999) AS n;
    END $$
"""


async def refused(database: Database, statement: Any, **values: Any) -> DBAPIError:
    """Run a statement that PostgreSQL, or its driver, refuses."""
    if isinstance(statement, str):
        statement = text(statement)
    with pytest.raises(DBAPIError) as caught:
        async with database.writes() as session:
            await session.execute(statement, values)
    return caught.value


@pytest.mark.parametrize(
    ("sqlstate", "fault"),
    [
        ("40001", Fault.RETRYABLE),
        ("40P01", Fault.RETRYABLE),
        ("08006", Fault.UNAVAILABLE),
        ("25006", Fault.UNAVAILABLE),
        ("28P01", Fault.UNAVAILABLE),
        ("3D000", Fault.UNAVAILABLE),
        ("53300", Fault.UNAVAILABLE),
        ("55P03", Fault.UNAVAILABLE),
        ("57014", Fault.UNAVAILABLE),
        ("57P01", Fault.UNAVAILABLE),
        ("57P02", Fault.UNAVAILABLE),
        ("57P03", Fault.UNAVAILABLE),
        ("22012", Fault.VALUE),
        ("P0001", Fault.BUG),
        ("42501", Fault.BUG),
        ("XX000", Fault.BUG),
    ],
)
async def test_the_sqlstate_tells_what_kind_of_failure_it_is(
    database: Database, sqlstate: str, fault: Fault
) -> None:
    error = await refused(database, RAISE.format(sqlstate=sqlstate))

    assert fault_of(error) is fault


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("SELECT 2147483647::int4 + 1", Fault.VALUE),
        ("SELECT 'soon'::date", Fault.VALUE),
        (select(bindparam("n", 2**31, Integer)), Fault.VALUE),
        (select(bindparam("n", 2**63, BigInteger)), Fault.VALUE),
        (select(bindparam("words", "NUL \x00", String)), Fault.VALUE),
        (select(bindparam("words", "half \ud800", String)), Fault.VALUE),
        (INDEX_A_LONG_TEXT, Fault.VALUE),
        ("SELECT * FROM nowhere", Fault.BUG),
    ],
)
async def test_a_value_that_cannot_be_stored_is_no_bug_of_ours(
    database: Database, statement: Any, fault: Fault
) -> None:
    assert fault_of(await refused(database, statement)) is fault


async def test_a_server_that_is_killed_in_the_midst_is_away(database: Database) -> None:
    error = await refused(database, "SELECT pg_terminate_backend(pg_backend_pid())")

    assert fault_of(error) is Fault.UNAVAILABLE


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (insert(User), {"email": ALICE.email, "password_hash": SENTINEL}),
        (insert(User), {"email": SENTINEL.upper(), "password_hash": "-"}),
        (insert(RefreshToken), {"digest": SENTINEL.encode(), "session_id": ALICE.id}),
        ("SELECT cast(cast(:words AS text) AS date)", {"words": SENTINEL}),
        ("SELECT cast(:words AS date)", {"words": SENTINEL}),
        (select(bindparam("words", f"{SENTINEL} \ud800", String)), {}),
    ],
    ids=["unique", "check", "reference", "cast", "driver", "encoding"],
)
async def test_an_error_repeats_no_value_of_a_row(
    database: Database, statement: Any, values: dict[str, Any]
) -> None:
    error: BaseException | None = await refused(database, statement, **values)

    while error is not None:
        assert SENTINEL not in str(error).lower()
        error = error.__cause__
