"""A pooler in transaction mode: each transaction may meet another server process."""

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import make_url

from app.core.config import Settings
from app.tests.apps import running, with_database
from app.tests.conftest import client_of
from app.tests.notes import notes_in, router
from app.tests.people import ALICE
from dev.account import servers_account
from dev.server import LOOPBACK, free_port

pytestmark = pytest.mark.pgbouncer
NOTES = "/notes"
CONFIGURATION = """\
[databases]
{database} = host={host} port={port} user={user} password={password}
[pgbouncer]
listen_addr = {loopback}
listen_port = {listen_port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
"""


@contextmanager
def pgbouncer(url: str) -> Iterator[str]:
    """Run pgbouncer before a server, with fewer connections to it than we make."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.fail("There is no program `pgbouncer`. On Debian: apt-get install pgbouncer")
    there, port, account = make_url(url), free_port(), servers_account()
    with tempfile.TemporaryDirectory(prefix="pgbouncer-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        file = folder / "pgbouncer.ini"
        file.touch(mode=0o600)
        if account:
            account.own(file)
        file.write_text(
            CONFIGURATION.format(
                **there.translate_connect_args(username="user"), loopback=LOOPBACK, listen_port=port
            )
        )
        user = account.user if account else None
        with subprocess.Popen([program, "--quiet", file], user=user, cwd=folder) as process:
            try:
                wait_until_open(port)
                yield there.set(host=LOOPBACK, port=port).render_as_string(hide_password=False)
            finally:
                process.terminate()


def wait_until_open(port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((LOOPBACK, port)):
            return
        time.sleep(0.02)
    pytest.fail("pgbouncer does not listen")


@pytest.fixture(scope="module")
async def whole_app(settings: Settings) -> AsyncIterator[FastAPI]:
    with pgbouncer(settings.database.url.get_secret_value()) as url:
        pooled = with_database(
            settings, url=url, pooler=True, pool_size=20, pool_overflow=30, pool_timeout=10
        )
        async with running(pooled, router) as app, notes_in(app.state.database):
            yield app


async def test_fifty_people_at_once_share_a_few_connections(
    app: FastAPI, alice: AsyncClient
) -> None:
    async def use() -> list[int]:
        person = client_of(app, ALICE)
        made = await person.post(NOTES, json={"title": "A note"})
        assert made.status_code == 201, made.text
        path = made.headers["location"]
        changed = await person.patch(path, params={"stars": 5})
        lists = [await person.get(NOTES, params={"limit": 5, "stars": 5}) for _ in range(3)]
        gone = await person.delete(path)
        return [answer.status_code for answer in (changed, *lists, gone)]

    answers = await asyncio.gather(*(use() for _ in range(50)))

    assert answers == [[204, 200, 200, 200, 204]] * 50
    assert (await alice.get(NOTES)).json()["items"] == []
