import os
import signal
import sys
import time

import httpx

from dev.migrations import BACKEND
from dev.process import Process
from dev.server import LOOPBACK, free_port
from dev.trouble import Trouble

APP = "app.main:app_from_environment"
PATIENCE = 15.0


def port_from(text: str) -> int:
    """Read the port that the API is to have, and make sure that it can have it."""
    port = int(text) if text.isdecimal() else 0
    if not 1 <= port <= 65535:
        raise Trouble(f"PORT must be a number from 1 to 65535, not `{text}`.")
    if not free_port(port):
        raise Trouble(
            f"Port {port} is taken by another program, or not allowed to you.\n"
            f"Stop that program, or use another port: make dev PORT={another(port)}"
        )
    return port


def url_of(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"


def another(port: int) -> int:
    """Find a free port near one that is taken."""
    near = range(port + 1, min(port + 100, 65536))
    return next((each for each in near if each > 1023 and free_port(each)), 8001)


class Api:
    """The API, started again whenever its code is saved."""

    def __init__(self, port: int) -> None:
        self.url = url_of(port)
        uvicorn = [sys.executable, "-m", "uvicorn", APP, "--factory"]
        place = ["--host", LOOPBACK, "--port", str(port)]
        reload = ["--reload", "--reload-dir", str(BACKEND / "app")]
        quiet = ["--log-level", "warning", "--no-access-log", "--timeout-graceful-shutdown", "3"]
        # The application itself says which proxies it believes, and names no server.
        ours = ["--no-proxy-headers", "--no-server-header"]
        self.process = Process(
            [*uvicorn, *place, *reload, *quiet, *ours],
            signal.SIGTERM,
            folder=BACKEND,
            environment=os.environ,
        )

    def wait(self, seconds: float = PATIENCE) -> bool:
        """Wait until the API can serve; False says that it has not come so far."""
        deadline = time.monotonic() + seconds
        # One client for all: to make one takes longer than to ask, while the API wants to start.
        with httpx.Client(base_url=self.url, timeout=2) as client:
            while time.monotonic() < deadline:
                self.expect_alive()
                try:
                    if client.get("/readiness").is_success:
                        return True
                except httpx.TransportError:
                    time.sleep(0.05)
                else:
                    time.sleep(1)  # each answer that says no is a line in the log, or many
        return False

    def expect_alive(self) -> None:
        if self.process.ended():
            raise Trouble("The API ended. What it printed is above.")

    def access_token(self, email: str, password: str) -> str | None:
        """Log in as anybody would, and return the token, or None if that was refused."""
        login = {"email": email, "password": password}
        response = httpx.post(f"{self.url}/api/v1/auth/login", json=login, timeout=10)
        return str(response.json()["access_token"]) if response.is_success else None
