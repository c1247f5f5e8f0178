import pytest
from starlette.types import Message

from app.api.middleware.hosts import HostUnknown
from app.tests.answers import assert_problem
from app.tests.test_api.test_middleware.small import caller, small_app, with_api

HOSTS = with_api(hosts=("api.test", "*.shop.test", "[::1]"))


@pytest.mark.parametrize(
    "host",
    ["api.test", "API.test", "api.test:8000", "a.shop.test", "a.b.shop.test:1", "[::1]:8000"],
)
async def test_a_name_of_ours_is_answered_to(host: str) -> None:
    async with caller(small_app(HOSTS)) as client:
        assert (await client.get("/api/things/1", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.test",
        "api.test.evil.test",
        "evil-api.test",
        "shop.test",
        "evilshop.test",
        "api.test@evil.test",
        "api.test:80:80",
        "api.test:port",
        "api.test/path",
        "api.test, evil.test",
        "*.shop.test",
        " ",
    ],
)
async def test_any_other_name_is_refused(host: str) -> None:
    async with caller(small_app(HOSTS)) as client:
        assert_problem(await client.get("/api/things/1", headers={"Host": host}), HostUnknown)


async def test_two_names_are_none() -> None:
    headers = [("Host", "api.test"), ("Host", "api.test")]

    async with caller(small_app(HOSTS)) as client:
        assert_problem(await client.get("/api/things/1", headers=headers), HostUnknown)


async def test_a_probe_may_call_by_address() -> None:
    async with caller(small_app(HOSTS), "http://10.1.2.3:8000") as client:
        assert (await client.get("/health")).status_code == 200


async def test_a_star_answers_to_every_well_formed_name() -> None:
    app = small_app(with_api(hosts=("*",)))

    async with caller(app) as client:
        assert (await client.get("/api/things/1", headers={"Host": "any"})).status_code == 200
        assert_problem(await client.get("/api/things/1", headers={"Host": "a b"}), HostUnknown)


async def test_a_websocket_for_another_name_is_closed_before_it_opens() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "path": "/", "headers": [(b"host", b"evil.test")]}
    await small_app(HOSTS)({**scope, "scheme": "wss", "query_string": b""}, receive, send)

    assert [message["type"] for message in sent] == ["websocket.close"]
    assert sent[0]["code"] == 1008
