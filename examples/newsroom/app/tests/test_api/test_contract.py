"""The API does what its description says, whatever it is sent (schemathesis, all its checks)."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from app.core.config import Settings
from app.core.security.tokens import Claims
from app.core.settings import ApiSettings
from app.tests.apps import running
from app.tests.people import ALICE

CONFIG = Path(__file__).with_name("schemathesis.toml")
LOOPBACK = "127.0.0.1"
ENVIRONMENT = {**os.environ, "NO_PROXY": LOOPBACK, "no_proxy": LOOPBACK}
"""Else it would look for a proxy, in all variables there are, before each request."""


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """Serve an application on the loopback, and say where."""
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
    with socket.create_server((LOOPBACK, 0)) as listening:
        # Sockets that asyncio has not made itself would hold each answer back for 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


# Apart, so that two workers share the time. What it runs is covered by tests that say why.
@pytest.mark.no_cover
@pytest.mark.thorough
@pytest.mark.parametrize("phases", ["examples,coverage", "fuzzing,stateful"])
@pytest.mark.usefixtures("app")
async def test_the_api_keeps_its_word(settings: Settings, phases: str) -> None:
    api = ApiSettings(hosts=(LOOPBACK,), docs=True, password_form=True)
    reached = settings.model_copy(update={"api": api})
    async with running(reached) as app, served(app) as url:
        claims = Claims(user=ALICE.id, session=ALICE.session)
        token = app.state.tokens.issue(claims, auth_time=datetime.now(UTC))
        schemathesis = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIG),
            *("run", f"{url}/openapi.json", "--phases", phases, "--no-color"),
            env=ENVIRONMENT | {"ACCESS_TOKEN": token},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await schemathesis.communicate()
    assert schemathesis.returncode == 0, said.decode()
