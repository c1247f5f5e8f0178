"""One request, one unit of work: all of it is there before the answer leaves, or nothing is."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, Request
from httpx import AsyncClient
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.errors import Busy
from app.api.middleware.last_resort import Unexpected
from app.api.public import PUBLIC
from app.api.route import Route
from app.api.v1.dependencies import Session, SignedIn
from app.core.config import Settings
from app.core.errors import Conflict
from app.db.database import Database
from app.models import User
from app.schemas.base import Payload
from app.tests import notes
from app.tests.answers import assert_problem
from app.tests.apps import running
from app.tests.notes import Note, NoteTaken, forget_notes, notes_in, titles
from app.tests.people import ALICE, BOB
from app.tests.queries import counted

router = APIRouter(route_class=Route)
BEGAN = select(text("transaction_timestamp()"))


class Race(Payload):
    """A race to be lost, some times over."""

    title: str
    losses: int


class TooLate(Conflict):
    code = "TOO_LATE"
    error = "Too late."
    detail = "Come earlier."


class Meeting:
    """Lets two requests go on when both have come this far."""

    def __init__(self) -> None:
        self.tries = 0
        self.both = asyncio.Event()

    async def wait(self) -> None:
        self.tries += 1
        if self.tries == 2:
            self.both.set()
        await self.both.wait()


async def rename(session: AsyncSession, person: Any, role: str) -> None:
    await session.execute(update(User).where(User.id == person.id).values(role_names=[role]))


@router.post("/race")
async def race(actor: SignedIn, session: Session, data: Race, request: Request) -> int:
    """Write something, then find that somebody else was quicker."""
    state = request.app.state
    state.tries += 1
    await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    session.add(Note(title=data.title))
    await session.flush()
    if state.tries <= data.losses:
        async with state.database.apart() as other:
            await rename(other, actor, f"try {state.tries}")
    await rename(session, actor, "winner")
    return int(state.tries)


@router.post("/meet/{number}")
async def meet(_: SignedIn, session: Session, number: int, request: Request) -> None:
    """Lock two people, in an order that somebody else does not keep."""
    first, second = (ALICE, BOB) if number else (BOB, ALICE)
    await rename(session, first, "met")
    await request.app.state.meeting.wait()
    await rename(session, second, "met")
    session.add(Note(title="A note"))


@router.post("/late")
async def late(_: SignedIn, session: Session, request: Request) -> None:
    """Write in two ways, and then fail."""
    session.add(Note(title="in the unit"))
    await session.flush()
    async with request.app.state.database.apart() as other:
        other.add(Note(title="apart"))
    raise TooLate


@router.get("/sneak")
async def sneak(_: SignedIn, session: Session) -> None:
    """Write where only reading is expected."""
    session.add(Note(title="A note"))
    await session.flush()


@router.api_route("/moments", methods=["GET", "POST"])
async def moments(_: SignedIn, session: Session) -> bool:
    """Tell whether two statements are one transaction."""
    return bool(await session.scalar(BEGAN) == await session.scalar(BEGAN))


@router.post("/nothing")
async def nothing(_: SignedIn) -> None:
    """Ask for nothing but who calls."""


@router.post("/open", name=PUBLIC[0])
async def nothing_at_all() -> None:
    """Ask for nothing."""


@pytest.fixture(scope="module")
async def whole_app(settings: Settings) -> AsyncIterator[FastAPI]:
    async with running(settings, router, notes.router) as app, notes_in(app.state.database):
        yield app


@pytest.fixture(autouse=True)
async def no_notes(database: Database) -> None:
    await forget_notes(database)


@pytest.fixture
def state(app: FastAPI) -> Any:
    app.state.tries = 0
    app.state.meeting = Meeting()
    return app.state


async def roles(database: Database) -> list[list[str]]:
    async with database.reads() as session:
        query = select(User.role_names).where(User.id.in_([ALICE.id, BOB.id])).order_by(User.id)
        return list(await session.scalars(query))


# A commit that fails.


@pytest.fixture
async def commits_fail(database: Database) -> AsyncIterator[None]:
    """Let PostgreSQL find at the very end that a note can't be stored."""
    async with database.apart() as session:
        await session.execute(
            text(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'no' USING ERRCODE = NEW.label, CONSTRAINT = NEW.title; "
                "END $$"
            )
        )
        await session.execute(
            text(
                "CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT ON test_notes "
                "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()"
            )
        )
    yield
    async with database.apart() as session:
        await session.execute(text("DROP FUNCTION refuse CASCADE"))


@pytest.mark.parametrize(
    ("sqlstate", "constraint", "error"),
    [
        ("23505", NoteTaken.constraint, NoteTaken),
        ("23505", "uq_of_nobody", Unexpected),
        ("P0001", "-", Unexpected),
        ("40001", "-", Busy),
    ],
)
@pytest.mark.usefixtures("commits_fail")
async def test_no_success_is_told_before_it_is_committed(
    alice: AsyncClient, database: Database, sqlstate: str, constraint: str, error: Any
) -> None:
    sent = {"title": constraint, "label": sqlstate}

    assert_problem(await alice.post("/notes", json=sent), error)

    assert await titles(database) == []


# Errors, and what outlives them.


async def test_an_error_takes_back_all_but_what_was_done_apart(
    alice: AsyncClient, database: Database
) -> None:
    assert_problem(await alice.post("/late"), TooLate)

    assert await titles(database) == ["apart"]


async def test_a_read_writes_nothing(alice: AsyncClient, database: Database) -> None:
    assert_problem(await alice.get("/sneak"), Unexpected)

    assert await titles(database) == []


async def test_a_read_is_many_transactions_and_a_write_is_one(alice: AsyncClient) -> None:
    assert (await alice.get("/moments")).json() is False
    assert (await alice.post("/moments")).json() is True


# Others who were quicker.


@pytest.mark.parametrize("losses", [0, 1, 2])
async def test_a_lost_race_is_run_again(
    alice: AsyncClient, database: Database, state: Any, losses: int
) -> None:
    answer = await alice.post("/race", json={"title": "Kept", "losses": losses})

    assert answer.json() == losses + 1
    assert await titles(database) == ["Kept"]
    assert await roles(database) == [["winner"], []]


async def test_a_race_that_is_always_lost_changes_nothing(
    alice: AsyncClient, database: Database, state: Any
) -> None:
    answer = await alice.post("/race", json={"title": "Kept", "losses": 9})

    assert_problem(answer, Busy)
    assert int(answer.headers["Retry-After"]) > 0
    assert state.tries == 3
    assert await titles(database) == []
    assert await roles(database) == [["try 3"], []]


@pytest.mark.usefixtures("state")
async def test_of_two_who_wait_for_each_other_both_succeed(
    alice: AsyncClient, bob: AsyncClient, database: Database, state: Any
) -> None:
    answers = await asyncio.gather(alice.post("/meet/0"), bob.post("/meet/1"))

    assert [answer.status_code for answer in answers] == [200, 200]
    assert state.meeting.tries == 3
    assert await roles(database) == [["met"], ["met"]]
    assert len(await titles(database)) == 2


# What nobody asked for costs nothing.


async def test_a_route_without_a_session_asks_the_database_only_who_calls(
    alice: AsyncClient, database: Database
) -> None:
    with counted(database) as statements:
        assert (await alice.post("/nothing")).status_code == 200
        assert len(statements) == 1
        assert (await alice.post("/open")).status_code == 200
        assert len(statements) == 1
