import asyncio
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import QueuePool

from app.core.about import NAME
from app.core.config import Settings
from app.core.context import QueryTally, queries
from app.db.database import Database, DatabaseAway, ReadOnly, open_database
from app.db.faults import Fault, fault_of
from app.models import User
from app.tests.apps import with_database
from app.tests.certificates import certify
from app.tests.network import Network, network, nobody_listens
from app.tests.people import ALICE
from dev.server import LOOPBACK

CAROL = {"email": "carol@example.com", "password_hash": "-"}
ONE = text("SELECT 1")
NAP = text("SELECT pg_sleep(10)")


@asynccontextmanager
async def opened(
    settings: Settings, *, verified: bool = False, **changes: Any
) -> AsyncIterator[Database]:
    """Open the tests' database in another way."""
    changed = with_database(settings, **changes)
    database = open_database(changed.database, verified=verified)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
async def between(settings: Settings) -> AsyncIterator[Network]:
    async with network(settings.database.url.get_secret_value()) as between:
        yield between


async def ask(database: Database, question: Any = ONE) -> Any:
    async with database.reads() as session:
        return await session.scalar(question)


async def knows_carol(database: Database) -> bool:
    return await ask(database, select(User.id).where(User.email == CAROL["email"])) is not None


# The two kinds of session.


async def add_carol(session: AsyncSession) -> None:
    session.add(User(**CAROL))


async def change_alice(session: AsyncSession) -> None:
    alice = await session.get_one(User, ALICE.id)
    alice.active = False


async def delete_alice(session: AsyncSession) -> None:
    await session.delete(await session.get_one(User, ALICE.id))


@pytest.mark.parametrize("write", [add_carol, change_alice, delete_alice])
async def test_a_read_refuses_to_write(database: Database, write: Any) -> None:
    async with database.reads() as session:
        await write(session)
        with pytest.raises(ReadOnly):
            await session.flush()


@pytest.mark.parametrize(
    "statement", [insert(User).values(CAROL), update(User).values(active=False), delete(User)]
)
async def test_a_read_refuses_statements_that_write(database: Database, statement: Any) -> None:
    async with database.reads() as session:
        with pytest.raises(ReadOnly):
            await session.execute(statement)


async def test_each_statement_of_a_read_stands_alone(database: Database) -> None:
    began = text("SELECT transaction_timestamp()")

    async with database.reads() as session:
        assert await session.scalar(began) != await session.scalar(began)
    async with database.writes() as session:
        assert await session.scalar(began) == await session.scalar(began)


async def test_behind_a_pooler_a_read_stays_with_one_server_process(settings: Settings) -> None:
    began = text("SELECT transaction_timestamp()")

    async with opened(settings, pooler=True) as database, database.reads() as session:
        assert await session.scalar(began) == await session.scalar(began)


@pytest.mark.parametrize("kind", ["writes", "apart"])
async def test_a_transaction_is_kept_whole_or_not_at_all(database: Database, kind: str) -> None:
    async def write(divisor: int) -> None:
        async with getattr(database, kind)() as session:
            await session.execute(insert(User), CAROL)
            assert 1 / divisor

    with pytest.raises(ZeroDivisionError):
        await write(0)
    assert not await knows_carol(database)

    await write(1)
    assert await knows_carol(database)


async def test_what_is_done_apart_outlives_the_error_after_it(database: Database) -> None:
    async def write() -> None:
        async with database.writes() as session:
            await session.execute(delete(User).where(User.id == ALICE.id))
            async with database.apart() as other:
                await other.execute(insert(User), CAROL)
            raise LookupError

    with pytest.raises(LookupError):
        await write()

    assert await knows_carol(database)
    assert await ask(database, select(User.id).where(User.id == ALICE.id))


async def test_a_session_that_asks_nothing_takes_no_connection(database: Database) -> None:
    pool = database.engine.pool
    assert isinstance(pool, QueuePool)

    async with database.reads() as asking, database.writes(), database.apart():
        assert pool.checkedout() == 0
        await asking.execute(ONE)
        assert pool.checkedout() == 1
    assert pool.checkedout() == 0


async def test_statements_are_counted_for_who_wants_to_know(database: Database) -> None:
    tally = QueryTally()
    token = queries.set(tally)
    try:
        await ask(database)
        await ask(database, text("SELECT pg_sleep(0.01)"))
    finally:
        queries.reset(token)

    assert tally.count == 2
    assert 0.01 <= tally.seconds < 1


# Nothing waits for ever.


async def test_the_server_holds_our_bounds_in_time(settings: Settings) -> None:
    async with opened(settings, statement_timeout=7, lock_timeout=2) as database:
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        found = [await ask(database, text(f"SHOW {name}")) for name in names]
        assert found == ["7s", "2s", "30s"]
        assert await ask(database, text("SHOW application_name")) == NAME


async def test_a_slow_statement_is_stopped_by_the_server(settings: Settings) -> None:
    async with opened(settings, statement_timeout=0.05) as database:
        with pytest.raises(DBAPIError) as caught:
            await ask(database, NAP)
        assert fault_of(caught.value) is Fault.UNAVAILABLE
        assert await ask(database) == 1


async def test_nobody_waits_long_for_a_row_that_is_locked(
    database: Database, settings: Settings
) -> None:
    locked = select(User.id).where(User.id == ALICE.id).with_for_update()
    async with opened(settings, lock_timeout=0.05) as other, database.writes() as session:
        await session.scalar(locked)
        with pytest.raises(DBAPIError) as caught:
            await ask(other, locked)
        assert fault_of(caught.value) is Fault.UNAVAILABLE


async def test_a_full_pool_is_waited_for_no_longer_than_agreed(settings: Settings) -> None:
    async with opened(settings, pool_size=1, pool_overflow=0, pool_timeout=0.1) as database:
        async with database.reads() as session:
            await session.execute(ONE)
            began = time.monotonic()
            with pytest.raises(PoolExhausted):
                await ask(database)
            assert 0.1 <= time.monotonic() - began < 1.5
        assert await ask(database) == 1


# The network, and what stands at its other end.


@pytest.mark.parametrize(
    "url",
    [nobody_listens, lambda _: "postgresql://somebody:secret@nowhere.invalid/app"],
    ids=["nobody listens", "no such host"],
)
async def test_a_server_that_is_not_there_is_away(settings: Settings, url: Any) -> None:
    given = settings.database.url.get_secret_value()
    async with opened(settings, url=url(given)) as database:
        with pytest.raises(DatabaseAway):
            await ask(database)


async def test_a_server_that_never_answers_is_away(settings: Settings, between: Network) -> None:
    between.fall_silent()
    async with opened(settings, url=between.url, connect_timeout=0.1) as database:
        began = time.monotonic()
        with pytest.raises(DatabaseAway):
            await ask(database)
        assert 0.1 <= time.monotonic() - began < 5


async def test_a_server_that_falls_silent_is_away(settings: Settings, between: Network) -> None:
    impatient = opened(settings, url=between.url, command_timeout=0.2)
    async with impatient as database, database.reads() as session:
        await session.execute(ONE)
        between.fall_silent()
        began = time.monotonic()
        with pytest.raises(DatabaseAway):
            await session.execute(ONE)
        assert 0.2 <= time.monotonic() - began < 5


async def test_a_connection_that_breaks_in_the_midst_is_a_fault_of_the_network(
    settings: Settings, between: Network
) -> None:
    async with opened(settings, url=between.url) as database:
        nap = asyncio.create_task(ask(database, NAP))
        await asyncio.sleep(0.2)
        between.reset()
        with pytest.raises(DBAPIError) as caught:
            await nap
        assert fault_of(caught.value) is Fault.UNAVAILABLE
        assert await ask(database) == 1


async def test_a_connection_that_broke_between_two_statements_is_one_too(
    settings: Settings, between: Network
) -> None:
    async with opened(settings, url=between.url) as database, database.reads() as session:
        await session.execute(ONE)
        between.reset()
        await asyncio.sleep(0.05)
        with pytest.raises(DBAPIError) as caught:
            await session.execute(ONE)
        assert fault_of(caught.value) is Fault.UNAVAILABLE


@pytest.mark.parametrize("how", ["the network", "the server"])
async def test_nobody_notices_that_idle_connections_were_lost(
    database: Database, settings: Settings, between: Network, how: str
) -> None:
    which = text("SELECT pg_backend_pid()")
    async with opened(settings, url=between.url) as other:
        lost = await asyncio.gather(*(ask(other, which) for _ in range(4)))
        if how == "the network":
            between.reset()
        else:
            end = text("SELECT pg_terminate_backend(pid) FROM unnest(CAST(:lost AS int[])) AS pid")
            await ask(database, end.bindparams(lost=lost))

        found = await asyncio.gather(*(ask(other, which) for _ in range(4)))

    assert not set(found) & set(lost)


@pytest.mark.parametrize(
    ("verified", "words"), [(True, ""), (True, "?sslmode=disable"), (False, "?sslmode=require")]
)
async def test_no_secret_is_told_to_a_server_without_tls(
    settings: Settings, verified: bool, words: str
) -> None:
    url = settings.database.url.get_secret_value() + words
    async with opened(settings, url=url, verified=verified) as database:
        with pytest.raises(DatabaseAway) as caught:
            await ask(database)
        assert "SSL" in str(caught.value.__cause__)


@pytest.mark.parametrize(
    ("name", "believed", "let_in"),
    [("localhost", True, True), ("localhost", False, False), ("somebody.else", True, False)],
)
async def test_a_server_must_be_who_it_says_it_is(
    settings: Settings, tmp_path: Path, name: str, believed: bool, let_in: bool
) -> None:
    tls, certificate = certify(name, tmp_path)
    given = settings.database.url.get_secret_value()
    async with network(given, tls) as between:
        url = between.url.replace(LOOPBACK, "localhost")
        changes = {"url": url, "ca_file": certificate if believed else None}
        async with opened(settings, verified=True, **changes) as database:
            if let_in:
                assert await ask(database) == 1
            else:
                with pytest.raises(DatabaseAway) as caught:
                    await ask(database)
                assert isinstance(caught.value.__cause__, ssl.SSLCertVerificationError)
