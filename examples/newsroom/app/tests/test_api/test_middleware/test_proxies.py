from ipaddress import ip_network
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from app.api.middleware.proxies import TrustedProxies, address

NETWORKS = [ip_network(text) for text in ("10.0.0.0/8", "192.0.2.7", "fd00::/8")]
PROXY = ("10.0.0.1", 40000)
STRANGER = ("203.0.113.9", 40000)
FOR, PROTO = b"x-forwarded-for", b"x-forwarded-proto"


async def seen(peer: Any, *headers: tuple[bytes, bytes], kind: str = "http") -> tuple[Any, Any]:
    """Tell who the application takes the caller for, and how it thinks they came."""
    scope: Scope = {
        "type": kind,
        "client": peer,
        "scheme": "ws" if kind == "websocket" else "http",
        "headers": list(headers),
    }

    async def application(_scope: Scope, _receive: Receive, _send: Send) -> None:
        return None

    async def nothing(*_message: Any) -> Any:
        return None

    await TrustedProxies(application, NETWORKS)(scope, nothing, nothing)
    return scope["client"], scope["scheme"]


SPOOFS = [
    FOR,
    PROTO,
    b"x-real-ip",
    b"forwarded",
    b"true-client-ip",
    b"cf-connecting-ip",
    b"x_forwarded_for",
    b"x-forwarded-host",
    b"x-client-ip",
]


@pytest.mark.parametrize("peer", [STRANGER, None, ("socket", 0), ("", 0)])
async def test_a_stranger_is_who_they_are_whatever_they_say(peer: Any) -> None:
    spoofed = [(name, b"https" if name == PROTO else b"198.51.100.1") for name in SPOOFS]

    assert await seen(peer, *spoofed) == (peer, "http")


async def test_of_a_proxy_only_two_headers_are_believed() -> None:
    spoofed = [(name, b"198.51.100.1") for name in SPOOFS if name not in {FOR, PROTO}]

    assert await seen(PROXY, *spoofed) == ((PROXY[0], 0), "http")


@pytest.mark.parametrize(
    ("lines", "client"),
    [
        (["198.51.100.1"], "198.51.100.1"),
        (["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
        (["6.6.6.6, 198.51.100.1, 10.1.1.1,192.0.2.7"], "198.51.100.1"),
        (["6.6.6.6", "198.51.100.1", "10.1.1.1"], "198.51.100.1"),
        (["10.9.9.9, 10.1.1.1"], "10.9.9.9"),
        (["198.51.100.1:1234, 10.1.1.1:99"], "198.51.100.1"),
        (["2001:db8::1, fd00::2"], "2001:db8::1"),
        (["[2001:db8::1]:443, [fd00::2]"], "2001:db8::1"),
        (["::ffff:198.51.100.1"], "198.51.100.1"),
        (["198.51.100.1, unknown, 10.1.1.1"], "10.1.1.1"),
        (["198.51.100.1, fe80::1%evil\x0a, 10.1.1.1"], "10.1.1.1"),
        (["198.51.100.1, , "], "198.51.100.1"),
        ([""], "10.0.0.1"),
        (["'; drop table"], "10.0.0.1"),
    ],
)
async def test_addresses_are_believed_from_the_right_as_far_as_they_are_ours(
    lines: list[str], client: str
) -> None:
    headers = [(FOR, line.encode("latin-1")) for line in lines]

    assert await seen(PROXY, *headers) == ((client, 0), "http")


@pytest.mark.parametrize(
    ("lines", "scheme"),
    [
        (["https"], "https"),
        (["HTTPS "], "https"),
        (["http, https"], "https"),
        (["https, http"], "http"),
        (["https", "http"], "http"),
        (["http"], "http"),
        (["javascript"], "http"),
        ([""], "http"),
        ([], "http"),
    ],
)
async def test_the_nearest_proxy_says_how_the_caller_came(lines: list[str], scheme: str) -> None:
    assert (await seen(PROXY, *[(PROTO, line.encode()) for line in lines]))[1] == scheme


async def test_a_websocket_comes_through_a_proxy_as_well() -> None:
    headers = [(FOR, b"198.51.100.1"), (PROTO, b"https")]

    assert await seen(PROXY, *headers, kind="websocket") == (("198.51.100.1", 0), "wss")


async def test_a_proxy_on_a_socket_of_both_kinds_is_known() -> None:
    assert (await seen(("::ffff:10.0.0.1", 1), (FOR, b"198.51.100.1")))[0] == ("198.51.100.1", 0)


@pytest.mark.parametrize("text", ["", "1.2.3", "1.2.3.4.5", "[::1", "::1]", "a:b", "fe80::1%eth0"])
def test_garbage_is_no_address(text: str) -> None:
    assert address(text) is None or text == "[::1"
