"""The servers of the tests, which these tests themselves run on."""

import os

import pytest
from redis import Redis
from sqlalchemy import make_url

from app.tests.servers import (
    GIVEN_DATABASE,
    GIVEN_REDIS,
    RUN,
    Run,
    refuse_unless_for_tests,
    sibling,
    start_servers,
    worker_number,
    worker_redis,
)
from dev.trouble import Trouble


@pytest.mark.parametrize("name", ["shop", "shop_test_2", "", "test"])
def test_a_database_that_was_not_made_for_tests_is_refused(name: str) -> None:
    with pytest.raises(Trouble, match=f"names the database `{name}`"):
        refuse_unless_for_tests(f"postgresql://localhost/{name}")


def test_a_run_refuses_before_it_starts_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GIVEN_DATABASE, "postgresql://nowhere.invalid/shop")

    with pytest.raises(pytest.UsageError, match="ends in `_test`"):
        start_servers()


def test_names_stay_apart_however_long_they_are() -> None:
    first = sibling(f"postgresql://localhost/{'long' * 20}_test", "0a1b2c3d")
    workers = {make_url(sibling(first, f"gw{number}")).database or "" for number in range(12)}

    assert len(workers) == 12
    assert all(len(name) <= 63 and "0a1b2c3d" in name for name in workers)
    for name in workers:
        refuse_unless_for_tests(f"postgresql://localhost/{name}")


def test_workers_are_counted() -> None:
    assert [worker_number(name) for name in ("master", "gw0", "gw1", "gw11")] == [0, 0, 1, 11]


def test_given_servers_are_used_and_left_as_they_were(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RUN, os.environ[RUN])
    empty = make_url(Run.current().redis).set(database="200")
    redis_url = empty.render_as_string(hide_password=False)
    monkeypatch.setenv(GIVEN_DATABASE, database_url)
    monkeypatch.setenv(GIVEN_REDIS, redis_url)

    with start_servers():
        run = Run.current()
        assert (run.server, run.redis) == (database_url, redis_url)
        assert run.template != database_url
        with worker_redis("master") as given, Redis.from_url(given) as redis:
            redis.set("made by", "a test")
            with (
                pytest.raises(pytest.UsageError, match="database 200 holds 1 keys"),
                worker_redis("master"),
            ):
                pass
    with Redis.from_url(redis_url) as redis:
        assert redis.dbsize() == 0
