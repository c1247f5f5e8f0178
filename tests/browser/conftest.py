"""A real browser, and the backend as `make dev` runs it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

REPOSITORY = Path(__file__).parents[2]
PROJECT = REPOSITORY / os.environ.get("PROJECT", "backend")
UNPACKED = Path(__file__).parent / ".local"
PATIENCE = 60.0
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`${event.violatedDirective} forbids ${event.blockedURI}`));
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What `make dev` tells: where the docs page is, and who can log in."""

    docs: str
    email: str
    password: str

    @classmethod
    def by(cls, report: str) -> "Told | None":
        found = [
            re.search(form, report, re.MULTILINE)
            for form in (r"Docs page +(\S+)", r"^ +(\S+@\S+) ", r'password "(.+)"')
        ]
        lines = [match[1] for match in found if match]
        return cls(*lines) if len(lines) == len(cls.__slots__) else None


@pytest.fixture(scope="session")
def told() -> Iterator[Told]:
    """Run a copy of the project, so that nobody's data is touched."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # PostgreSQL may run as another user
        project = Path(folder) / "project"
        shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns(".local", ".*cache*"))
        report = Path(folder) / "report"
        with report.open("w") as output:
            dev = subprocess.Popen(
                [sys.executable, "-m", "dev"],
                cwd=project,
                env=os.environ | {"PORT": str(free_port())},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield wait_for(report, dev)
        finally:
            dev.send_signal(signal.SIGINT)
            dev.wait(timeout=PATIENCE)


def wait_for(report: Path, dev: subprocess.Popen[bytes]) -> Told:
    deadline = time.monotonic() + PATIENCE
    while (told := Told.by(report.read_text())) is None:
        if dev.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"`make dev` does not come up:\n{report.read_text()}")
        time.sleep(0.1)
    return told


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser that CHROMIUM names, or the one that `make browser` has fetched."""
    program = Path(os.environ.get("CHROMIUM", UNPACKED / "chromium"))
    if not program.is_file():
        pytest.fail(f"There is no browser at {program}. Run `make browser`, or set CHROMIUM.")
    libraries = {"LD_LIBRARY_PATH": str(UNPACKED / "lib")} if program.parent == UNPACKED else {}
    with sync_playwright() as playwright:
        # The sandbox does not start for root, nor in most containers; the page is our own.
        yield playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"], env={**os.environ, **libraries}
        )


@pytest.fixture
def colours() -> str:
    return "light"


@pytest.fixture
def page(browser: Browser, told: Told, colours: str) -> Iterator[Page]:
    """Open the docs page, and expect no complaint and no word to anywhere else until the end."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        color_scheme="dark" if colours == "dark" else "light",
    )
    page = context.new_page()
    complaints: list[str] = []
    places: set[str] = set()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: places.add(urlsplit(request.url).netloc))
    page.add_init_script(TELL_VIOLATIONS)
    page.goto(told.docs)
    page.locator(".opblock").first.wait_for()
    yield page
    context.close()
    assert complaints == []
    assert places <= {urlsplit(told.docs).netloc, ""}
