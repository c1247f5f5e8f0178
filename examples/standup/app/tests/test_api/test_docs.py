"""The docs page, as a browser gets it; tests of Backsmith itself open it in one."""

import re

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.api.docs import add_docs
from app.api.errors import NoSuchPage
from app.api.openapi.document import document_of
from app.core.config import ProductionSettings, Settings
from app.core.settings import ApiSettings
from app.tests.answers import assert_problem
from app.tests.apps import visiting

PLACES = ("/docs", "/docs/docs.js", "/docs/swagger-ui.css", "/openapi.json")


async def test_the_page_is_made_of_files_of_our_own(visitor: AsyncClient) -> None:
    page = (await visitor.get("/docs")).text
    parts = re.findall(r'(?:src|href)="(?!data:)([^"]+)"', page)

    assert len(parts) == 3
    for part in parts:
        answer = await visitor.get(f"/{part}")
        assert answer.status_code == 200
        assert re.match("text/(css|javascript)", answer.headers["content-type"])


async def test_the_page_holds_no_script_and_no_style(visitor: AsyncClient) -> None:
    answer = await visitor.get("/docs")

    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not re.search(r"<script[^>]*>[^<]|<style|style=|\son\w+=", answer.text)


async def test_the_description_is_that_of_this_application(
    visitor: AsyncClient, app: FastAPI
) -> None:
    answer = await visitor.get("/openapi.json")

    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == document_of(app)


@pytest.mark.parametrize("path", PLACES)
async def test_without_the_docs_there_is_nothing_to_see(settings: Settings, path: str) -> None:
    hidden = settings.model_copy(update={"api": ApiSettings(hosts=("test",), docs=False)})
    async with visiting(hidden) as visitor:
        assert_problem(await visitor.get(path), NoSuchPage)


def test_production_shows_no_docs_unless_told_to() -> None:
    assert not ProductionSettings().api.docs


@pytest.mark.parametrize("name", ["redoc.standalone.js", "docs.py", "..%2Fdocs.py", "%00"])
async def test_no_other_file_is_given_away(visitor: AsyncClient, name: str) -> None:
    assert_problem(await visitor.get(f"/docs/{name}"), NoSuchPage)


async def test_a_title_is_text_to_the_page(settings: Settings) -> None:
    app = FastAPI(title="Cats & <script>dogs", docs_url=None)
    add_docs(app, settings)

    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as visitor:
        page = (await visitor.get("/docs")).text
    assert "<title>Cats &amp; &lt;script&gt;dogs</title>" in page
