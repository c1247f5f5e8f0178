"""Whatever goes wrong, it is answered in one form, and says nothing of what is inside."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, Form
from httpx import AsyncClient, Response
from sqlalchemy import make_url, text

from app.api.errors import Busy, MethodNotAllowed, NoSuchPage, Unreadable, ValueRefused
from app.api.middleware.last_resort import Unexpected
from app.api.public import PUBLIC
from app.api.route import Route
from app.api.v1.dependencies import Session
from app.core.config import Settings
from app.core.errors import AppError, Conflict, InUse, Unavailable
from app.db.database import Database, DatabaseAway, open_database
from app.schemas.base import Payload
from app.tests.answers import assert_problem
from app.tests.apps import running, with_database
from app.tests.network import network, nobody_listens

router = APIRouter(route_class=Route)
ME = "/api/v1/users/me"
SECRET = "one-of-her-secrets"


class Statement(Payload):
    """What is to be run."""

    sql: str


class ShelfTaken(Conflict):
    code = "TEST_SHELF_TAKEN"
    error = "Somebody has this shelf."
    detail = "Choose another one."
    constraint = "uq_test_shelves_name"


class ShelfUnknown(Conflict):
    code = "TEST_SHELF_UNKNOWN"
    error = "There is no such shelf."
    detail = "Choose one that is there."
    constraint = "fk_test_boards_shelf"


class ShelfInUse(InUse):
    code = "TEST_SHELF_IN_USE"
    error = "The shelf has boards."
    detail = "Remove its boards first."
    constraint = "fk_test_boards_shelf"


@router.post("/run", name=PUBLIC[0])
async def run(session: Session, data: Statement) -> None:
    """Run a statement in the request's own unit of work."""
    await session.execute(text(data.sql))


@router.post("/form", name=PUBLIC[1])
async def take_form(word: str = Form(max_length=5)) -> None:
    """Take a form."""


@router.get("/wait", name=PUBLIC[2])
async def wait() -> None:
    """Wait for something that never comes."""
    async with asyncio.timeout(0.01):
        await asyncio.Event().wait()


@router.get("/bug", name=PUBLIC[3])
async def bug() -> None:
    """Do something wrong."""
    raise FileNotFoundError(SECRET)


@pytest.fixture(scope="module")
async def whole_app(settings: Settings) -> AsyncIterator[FastAPI]:
    async with running(settings, router) as app:
        yield app


@pytest.fixture
async def shelves(database: Database) -> AsyncIterator[None]:
    """Make two tables, one of which points to the other."""
    async with database.apart() as session:
        for statement in (
            "CREATE TABLE test_shelves (id int PRIMARY KEY, name text,"
            " CONSTRAINT uq_test_shelves_name UNIQUE (name),"
            " CONSTRAINT ck_test_shelves_name CHECK (name <> ''))",
            "CREATE TABLE test_boards (shelf int,"
            " CONSTRAINT fk_test_boards_shelf FOREIGN KEY (shelf) REFERENCES test_shelves)",
            "INSERT INTO test_shelves VALUES (1, 'one')",
            "INSERT INTO test_boards VALUES (1)",
        ):
            await session.execute(text(statement))
    yield
    async with database.apart() as session:
        await session.execute(text("DROP TABLE test_boards, test_shelves"))


async def run_sql(person: AsyncClient, sql: str) -> Response:
    return await person.post("/run", json={"sql": sql})


# What the framework itself refuses.


async def test_what_is_not_there_is_not_found(alice: AsyncClient, visitor: AsyncClient) -> None:
    for path in ("/", "/api", "/api/v1/nothing", "/api/v1/users/1/2", "/%00", "/api/v1/%2e%2e"):
        assert_problem(await alice.get(path), NoSuchPage)
        assert_problem(await visitor.post(path), NoSuchPage)


@pytest.mark.parametrize("method", ["PUT", "TRACE", "OPTIONS", "QUERY", "NONSENSE"])
async def test_a_method_that_is_not_there_is_not_allowed(alice: AsyncClient, method: str) -> None:
    answer = await alice.request(method, ME)

    assert_problem(answer, MethodNotAllowed)
    assert answer.headers["Allow"]


async def test_a_broken_form_is_unreadable(visitor: AsyncClient) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = await visitor.post("/form", content="--y", headers={"Content-Type": kind})
        assert_problem(answer, Unreadable)


async def test_a_form_is_judged_as_a_body_is(visitor: AsyncClient) -> None:
    answer = await visitor.post("/form", data={"word": SECRET})

    assert answer.status_code == 422
    assert SECRET not in answer.text
    assert (await visitor.post("/form", data={"word": "fine"})).status_code == 200


# What the database says.


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("INSERT INTO test_shelves VALUES (2, 'one')", ShelfTaken),
        ("UPDATE test_shelves SET name = 'one'", None),
        ("INSERT INTO test_boards VALUES (9)", ShelfUnknown),
        ("UPDATE test_boards SET shelf = 9", ShelfUnknown),
        ("DELETE FROM test_shelves", ShelfInUse),
        ("INSERT INTO test_shelves VALUES (2, '')", Unexpected),
        ("INSERT INTO test_shelves VALUES (NULL)", Unexpected),
        ("INSERT INTO test_shelves VALUES (1, 'two')", Unexpected),
    ],
)
@pytest.mark.usefixtures("shelves")
async def test_a_broken_constraint_is_told_as_the_rule_that_it_states(
    visitor: AsyncClient, sql: str, error: type[AppError] | None
) -> None:
    answer = await run_sql(visitor, sql)

    if error is None:
        assert answer.status_code == 200
    else:
        assert_problem(answer, error)


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("SELECT 2147483647::int4 + 1", ValueRefused),
        ("SELECT 'one-of-her-secrets'::date", ValueRefused),
        ("SELECT pg_terminate_backend(pg_backend_pid())", Unavailable),
        ("SELECT secret FROM her_secrets", Unexpected),
        ("DO $$ BEGIN RAISE lock_not_available; END $$", Unavailable),
        ("DO $$ BEGIN RAISE query_canceled; END $$", Unavailable),
        ("DO $$ BEGIN RAISE read_only_sql_transaction; END $$", Unavailable),
        ("DO $$ BEGIN RAISE serialization_failure; END $$", Busy),
        ("DO $$ BEGIN RAISE deadlock_detected; END $$", Busy),
    ],
)
async def test_an_error_of_the_database_is_told_by_its_kind(
    visitor: AsyncClient, sql: str, error: type[AppError]
) -> None:
    answer = await run_sql(visitor, sql)

    assert_problem(answer, error)
    assert "secret" not in answer.text
    if error.status == 503:
        assert int(answer.headers["Retry-After"]) > 0


async def test_a_bug_is_answered_with_nothing_inside(visitor: AsyncClient) -> None:
    answer = await visitor.get("/bug")

    assert_problem(answer, Unexpected)
    for inside in (SECRET, "FileNotFoundError", "Traceback", "app/", ".py"):
        assert inside not in answer.text


# A database that is not there.


@pytest.fixture
async def instead(app: FastAPI) -> AsyncIterator[Callable[..., Database]]:
    """Put another database in the place of the application's own."""
    own = app.state.database

    def put(settings: Settings, **changes: Any) -> Database:
        changed = with_database(settings, **changes)
        other = app.state.database = open_database(changed.database, verified=False)
        return other

    yield put
    await app.state.database.close()
    app.state.database = own


@pytest.mark.parametrize("place", ["signed in", "visitor"])
async def test_a_database_that_is_away_is_told_quickly(
    alice: AsyncClient,
    visitor: AsyncClient,
    settings: Settings,
    instead: Callable[..., Database],
    place: str,
) -> None:
    instead(settings, url=nobody_listens(settings.database.url.get_secret_value()))
    began = time.monotonic()

    # Who calls is unknown now, which is no reason to say that nobody does.
    answer = await alice.get(ME) if place == "signed in" else await run_sql(visitor, "SELECT 1")

    assert_problem(answer, DatabaseAway)
    assert int(answer.headers["Retry-After"]) > 0
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"database": "nowhere"}])
async def test_a_database_that_lets_nobody_in_is_away(
    visitor: AsyncClient,
    settings: Settings,
    instead: Callable[..., Database],
    change: dict[str, Any],
) -> None:
    url = make_url(settings.database.url.get_secret_value()).set(**change)
    instead(settings, url=url.render_as_string(hide_password=False))

    assert_problem(await run_sql(visitor, "SELECT 1"), Unavailable)


async def test_a_database_that_never_answers_is_waited_for_as_long_as_agreed(
    visitor: AsyncClient, settings: Settings, instead: Callable[..., Database]
) -> None:
    async with network(settings.database.url.get_secret_value()) as between:
        between.fall_silent()
        instead(settings, url=between.url, connect_timeout=0.1)
        assert_problem(await run_sql(visitor, "SELECT 1"), DatabaseAway)


async def test_a_database_that_has_fallen_silent_is_away_and_comes_back(
    visitor: AsyncClient, settings: Settings, instead: Callable[..., Database]
) -> None:
    async with network(settings.database.url.get_secret_value()) as between:
        instead(settings, url=between.url, command_timeout=0.1, connect_timeout=0.1)
        assert (await run_sql(visitor, "SELECT 1")).status_code == 200
        between.fall_silent()
        for _ in range(2):
            answer = await run_sql(visitor, "SELECT 1")
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
        between.speak_again()
        assert (await run_sql(visitor, "SELECT 1")).status_code == 200


async def test_a_slow_statement_ends_in_time(
    visitor: AsyncClient, settings: Settings, instead: Callable[..., Database]
) -> None:
    instead(settings, statement_timeout=0.05)

    assert_problem(await run_sql(visitor, "SELECT pg_sleep(10)"), Unavailable)


async def test_too_many_at_once_are_told_to_come_again(
    visitor: AsyncClient, settings: Settings, instead: Callable[..., Database]
) -> None:
    database = instead(settings, pool_size=1, pool_overflow=0, pool_timeout=0.1)
    async with database.apart() as session:
        await session.execute(text("SELECT 1"))
        assert_problem(await run_sql(visitor, "SELECT 1"), Unavailable)

    assert (await run_sql(visitor, "SELECT 1")).status_code == 200


async def test_something_else_that_is_waited_for_in_vain(visitor: AsyncClient) -> None:
    assert_problem(await visitor.get("/wait"), Unavailable)
