import pytest

from app.api.middleware.cors import OriginRefused
from app.tests.answers import assert_problem
from app.tests.test_api.test_middleware.small import caller, small_app, with_api

ORIGIN = "https://shop.test"
LISTED = with_api(origins=(ORIGIN,))
STRANGERS = [
    "https://evil.test",
    "null",
    "https://shop.test.evil.test",
    "https://evilshop.test",
    "http://shop.test",
    "https://shop.test:444",
    "https://SHOP.test",
    "*",
]


async def test_a_listed_page_may_read_answers_and_their_headers() -> None:
    async with caller(small_app(LISTED)) as client:
        headers = (await client.get("/api/things/1", headers={"Origin": ORIGIN})).headers

    assert headers["Access-Control-Allow-Origin"] == ORIGIN
    assert headers["Access-Control-Allow-Credentials"] == "true"
    assert headers["Vary"] == "Origin"
    assert headers["Access-Control-Expose-Headers"] == (
        "Retry-After, RateLimit, RateLimit-Policy, X-Request-ID, Location, Link"
    )


@pytest.mark.parametrize("origin", STRANGERS)
async def test_no_other_page_may(origin: str) -> None:
    async with caller(small_app(LISTED)) as client:
        headers = (await client.get("/api/things/1", headers={"Origin": origin})).headers

    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Vary"] == "Origin"


@pytest.mark.parametrize("origin", STRANGERS)
async def test_a_star_in_the_list_opens_to_nobody(origin: str) -> None:
    async with caller(small_app(with_api(origins=("*",)))) as client:
        headers = (await client.get("/api/things/1", headers={"Origin": origin})).headers

    assert "Access-Control-Allow-Origin" not in headers


async def test_without_a_list_no_page_may_and_credentials_are_not_spoken_of() -> None:
    async with caller(small_app()) as client:
        headers = (await client.get("/api/things/1", headers={"Origin": ORIGIN})).headers

    assert "Access-Control-Allow-Origin" not in headers
    assert "Access-Control-Allow-Credentials" not in headers


async def test_a_listed_page_may_ask_first() -> None:
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    async with caller(small_app(LISTED)) as client:
        answer = await client.options("/api/things/1", headers=asked)

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    "asked",
    [
        *({"Origin": origin, "Access-Control-Request-Method": "GET"} for origin in STRANGERS),
        {"Origin": ORIGIN, "Access-Control-Request-Method": "TRACE"},
        {
            "Origin": ORIGIN,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "x-anything",
        },
    ],
)
async def test_what_is_not_allowed_is_refused_in_the_one_body(asked: dict[str, str]) -> None:
    async with caller(small_app(LISTED)) as client:
        answer = await client.options("/api/things/1", headers=asked)

    assert_problem(answer, OriginRefused)
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Origin" in answer.headers["Vary"]
