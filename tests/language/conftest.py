"""The servers that the projects of these tests share: started once, by the first who asks."""

from collections.abc import Iterator

import pytest

from tests.render.projects import ROOT, servers_of

from .databases import Database


@pytest.fixture(scope="session")
def server() -> Iterator[Database]:
    with servers_of(ROOT / "backend") as variables:
        yield Database(variables["TEST_DATABASE_URL"], variables["TEST_REDIS_URL"])
