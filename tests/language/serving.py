"""A project's API, served to a test with somebody of each kind signed in."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import httpx

from .databases import Database

SERVE = """\
import asyncio, json, sys
from datetime import UTC, datetime

import uvicorn
from app.core.config import read_settings
from app.core.security.tokens import Claims
from app.main import create_app
from app.tests.people import EVERYBODY
from app.tests.seed import seed_people

async def serve(fd: int) -> None:
    app = create_app(read_settings())
    server = uvicorn.Server(uvicorn.Config(app, fd=fd, log_level="error", server_header=False))
    async with app.router.lifespan_context(app), app.state.database.apart() as session:
        await seed_people(session)
    claims = {each.name: Claims(user=each.id, session=each.session) for each in EVERYBODY}
    now = datetime.now(UTC)
    tokens = {name: app.state.tokens.issue(each, auth_time=now) for name, each in claims.items()}
    print(json.dumps(tokens), flush=True)
    await server.serve()

asyncio.run(serve(int(sys.argv[1])))
"""


@contextmanager
def served(project: Path, database: Database) -> Iterator[dict[str, httpx.Client]]:
    """Serve a project during a block; gives a client for each person, and one for a visitor."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.set_inheritable(True)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(listening.fileno())],
            cwd=project,
            env=database.environment | {"TOKENS_ACCESS_MINUTES": "15"},
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=[listening.fileno()],
        )
    clients: dict[str, httpx.Client] = {}
    try:
        assert process.stdout
        tokens: dict[str, str] = json.loads(process.stdout.readline())
        # What it logs has to go somewhere, or it would wait for ever for somebody to read.
        Thread(target=process.stdout.read, daemon=True).start()
        headers = {name: {"Authorization": f"Bearer {token}"} for name, token in tokens.items()}
        for name, own in (headers | {"visitor": {}}).items():
            clients[name] = httpx.Client(base_url=url, headers=own | {"Host": "test"}, timeout=30)
        yield clients
    finally:
        for client in clients.values():
            client.close()
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()
