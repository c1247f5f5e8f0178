"""The description that a built API gives of itself, from its design."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from backsmith.design import Design
from backsmith.render import render

TELL = """\
import json
from pydantic import SecretStr
from app.api.openapi.document import document_of
from app.core.config import TestSettings
from app.core.settings import DatabaseSettings, RedisSettings
from app.main import create_app
settings = TestSettings(
    database=DatabaseSettings(url=SecretStr("postgresql://127.0.0.1/nothing-is-connected")),
    redis=RedisSettings(url=SecretStr("redis://127.0.0.1")),
)
print(json.dumps(document_of(create_app(settings))))
"""


def described(design: Design) -> dict[str, Any]:
    """The OpenAPI document of the project that a design is built to."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in render(design).items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        told = subprocess.run(
            [sys.executable, "-c", TELL], cwd=folder, capture_output=True, text=True, check=False
        )
    assert told.returncode == 0, told.stderr
    document: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return document
