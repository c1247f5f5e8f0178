from ipaddress import ip_network

import pytest

from app.api.middleware.https import HttpsRequired
from app.tests.answers import assert_problem
from app.tests.test_api.test_middleware.small import caller, in_production, small_app

LOOPBACK = (ip_network("127.0.0.1"),)


async def test_plain_http_is_refused_and_not_redirected() -> None:
    async with caller(small_app(in_production()), "http://api.test") as client:
        answer = await client.get("/api/things/1")

    assert_problem(answer, HttpsRequired)
    assert "Location" not in answer.headers


async def test_https_is_answered() -> None:
    async with caller(small_app(in_production()), "https://api.test") as client:
        assert (await client.get("/api/things/1")).status_code == 200


@pytest.mark.parametrize(("said", "status"), [("https", 200), ("http", 403), ("https, http", 403)])
async def test_a_proxy_of_ours_tells_how_the_caller_came(said: str, status: int) -> None:
    app = small_app(in_production(proxies=LOOPBACK))

    async with caller(app, "http://api.test") as client:
        answer = await client.get("/api/things/1", headers={"X-Forwarded-Proto": said})

    assert answer.status_code == status


async def test_a_stranger_who_says_https_is_not_believed() -> None:
    async with caller(small_app(in_production()), "http://api.test") as client:
        headers = {"X-Forwarded-Proto": "https"}
        assert_problem(await client.get("/api/things/1", headers=headers), HttpsRequired)


async def test_a_probe_comes_as_it_likes() -> None:
    async with caller(small_app(in_production()), "http://10.1.2.3") as client:
        assert (await client.get("/health")).status_code == 200
