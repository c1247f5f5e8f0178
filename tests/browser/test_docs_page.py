"""The docs page, as a person meets it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.running import Told

pytestmark = pytest.mark.browser

SCREENSHOT = os.environ.get("SCREENSHOT")
"""Where to put a picture of the page, for the README."""


def test_the_page_shows_what_the_api_can_do(page: Page) -> None:
    expect(page.locator(".opblock-tag-section")).not_to_have_count(0)
    expect(page.locator(".loading-container, .errors-wrapper")).to_have_count(0)
    if SCREENSHOT:
        page.screenshot(path=Path(SCREENSHOT), full_page=True, animations="disabled")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_page_is_as_dark_as_its_reader_likes(page: Page, colours: str) -> None:
    shade = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    assert (shade == "rgb(28, 32, 34)") == (colours == "dark")


def test_somebody_signs_in_and_tries_a_request(page: Page, told: "Told") -> None:
    sign_in(page, told)
    operation = page.locator("[id*='-get_me']")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()

    answer = operation.locator(".live-responses-table .response")
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text(told.email)


def test_a_list_can_be_tried(page: Page, told: "Told") -> None:
    sign_in(page, told)
    operation = page.locator("[id*='-list_']").first
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()

    answer = operation.locator(".live-responses-table .response")
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text("next_cursor")


def sign_in(page: Page, told: "Told") -> None:
    page.get_by_role("button", name="Authorize").click()
    form = page.locator(".modal-ux")
    form.locator("#oauth_username").fill(told.email)
    form.locator("#oauth_password").fill(told.password)
    form.get_by_role("button", name="Apply given OAuth2 credentials").click()
    expect(form.get_by_role("button", name="Remove authorization")).to_be_visible()
    form.locator(".close-modal").click()
