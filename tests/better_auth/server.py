"""The better-auth server of the example, run on loopback."""

import json
import os
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "examples" / "better-auth"
AUDIENCE = "our-api"
PATIENCE = 60.0


@dataclass
class BetterAuth:
    """A server that can be stopped and brought back; its people and keys are in its database."""

    port: int
    algorithm: str = "EdDSA"
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, database: str, **environment: str) -> None:
        if not (FOLDER / "node_modules").is_dir():
            pytest.fail(
                "The packages of the better-auth server are missing. Run `make better-auth`."
            )
        ours = {
            "PORT": str(self.port),
            "DATABASE_URL": database,
            "BETTER_AUTH_SECRET": "kR8vZq2LxT5nWb7YcJ4hGd9FmS3pXe6A",
            "API_AUDIENCE": AUDIENCE,
            "TOKEN_ALGORITHM": self.algorithm,
        }
        self.process = subprocess.Popen(
            ["node", "server.mjs"], cwd=FOLDER, env=os.environ | ours | environment
        )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail("The better-auth server does not come up.")
            time.sleep(0.1)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)
            self.process = None

    def sign_up(self, email: str) -> str:
        """Open an account, and say what proves from now on who it is: the session's cookie."""
        sent = {"email": email, "password": "seven quiet otters nap", "name": "Carol"}
        request = urllib.request.Request(
            f"{self.origin}/api/auth/sign-up/email",
            data=json.dumps(sent).encode(),
            headers={"Content-Type": "application/json", "Origin": self.origin},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.headers["Set-Cookie"]).partition(";")[0]

    def token(self, cookie: str) -> str:
        """Get an access token, as a front end does."""
        request = urllib.request.Request(
            f"{self.origin}/api/auth/token", headers={"Cookie": cookie}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(json.load(answer)["token"])

    def shown_keys(self) -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{self.origin}/api/auth/jwks", timeout=30) as answer:
            found: list[dict[str, Any]] = json.load(answer)["keys"]
            return found

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.origin}/api/auth/ok", timeout=5):
                return True
        except OSError:
            return False
