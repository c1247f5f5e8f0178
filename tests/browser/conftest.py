"""A real browser, and the backend as `make dev` runs it."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.running import Told, running

REPOSITORY = Path(__file__).parents[2]
PROJECT = REPOSITORY / os.environ.get("PROJECT", "backend")
UNPACKED = Path(__file__).parent / ".local"
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`${event.violatedDirective} forbids ${event.blockedURI}`));
"""


@pytest.fixture(scope="session")
def told() -> Iterator[Told]:
    with running(PROJECT) as told:
        yield told


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
