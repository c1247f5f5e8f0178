import re

import pytest
from structlog.contextvars import bind_contextvars, get_contextvars

from app.core.context import request_id
from app.tests.test_api.test_middleware.small import caller, small_app


@pytest.mark.parametrize("given", ["12345678", "a-b_c.D9", "x" * 64])
async def test_a_harmless_name_is_kept(given: str) -> None:
    async with caller(small_app()) as client:
        answer = await client.get("/nowhere", headers={"X-Request-ID": given})

    assert answer.headers.get_list("X-Request-ID") == [given]
    assert answer.json()["request_id"] == given


@pytest.mark.parametrize(
    "given", ["", "1234567", "x" * 65, "12345678\n", "12345678 ", 'quote"quote', "naïvenaïve"]
)
async def test_any_other_name_is_replaced(given: str) -> None:
    async with caller(small_app()) as client:
        answer = await client.get("/nowhere", headers={b"X-Request-ID": given.encode()})

    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


async def test_two_names_are_none() -> None:
    async with caller(small_app()) as client:
        headers = [("X-Request-ID", "first-name"), ("X-Request-ID", "second-name")]
        answer = await client.get("/nowhere", headers=headers)

    assert answer.headers["X-Request-ID"] not in {"first-name", "second-name"}


async def test_nothing_of_a_request_is_left_to_the_next_one_on_its_connection() -> None:
    seen: dict[str, object] = {}
    app = small_app()

    @app.get("/seen")
    async def look() -> None:
        seen.update(get_contextvars())

    bind_contextvars(user="who came before")
    async with caller(app) as client:
        await client.get("/seen")

    assert seen == {}
    assert request_id.get() == "-"
