"""A real better-auth server beside the backend: its people are let in, whatever happens to it."""

import base64
import json
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.better_auth.server import BetterAuth
    from tests.running import Told

pytestmark = pytest.mark.node

KEY_SECONDS = "6"
"""How long the server signs with one key."""


def ask(told: "Told", token: str) -> tuple[int, dict[str, Any]]:
    """Ask the backend who one is."""
    request = urllib.request.Request(
        f"{told.api}/users/me", headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def eventually(
    told: "Told", token: str, besides: HTTPStatus = HTTPStatus.UNAUTHORIZED
) -> tuple[int, dict[str, Any]]:
    """Ask until the answer is another one: a server that fails is asked for keys only so often."""
    deadline = time.monotonic() + 30
    while (answer := ask(told, token))[0] == besides and time.monotonic() < deadline:
        time.sleep(0.5)
    return answer


def outlive(signed_at: float) -> None:
    """Wait until the key that signed then is one of yesterday."""
    time.sleep(max(0.0, signed_at + float(KEY_SECONDS) + 1 - time.monotonic()))


def named(token: str, kid: str) -> str:
    """The same token, but for the name of its key."""
    header = json.dumps(part(token, 0) | {"kid": kid}).encode()
    return f"{base64.urlsafe_b64encode(header).decode().rstrip('=')}.{token.partition('.')[2]}"


def part(token: str, number: int) -> dict[str, Any]:
    segment = token.split(".")[number]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(segment + "=="))
    return found


def test_people_of_a_better_auth_server_are_let_in_whatever_happens_to_it(
    servers: "dict[str, BetterAuth]", told: "Told", databases: dict[str, str]
) -> None:
    server, database = servers["EdDSA"], databases["EdDSA"]
    # The backend was there first, and has met nobody at that address.
    server.start(database, KEY_SECONDS=KEY_SECONDS)
    cookie = server.sign_up("carol@example.com")
    old, signed_at = server.token(cookie), time.monotonic()
    status, carol = ask(told, old)
    assert (status, carol["roles"]) == (HTTPStatus.OK, [])

    # Its keys change: nobody notices.
    outlive(signed_at)
    new, signed_at = server.token(cookie), time.monotonic()
    assert part(new, 0)["kid"] != part(old, 0)["kid"]
    assert ask(told, new) == ask(told, old) == (HTTPStatus.OK, carol)

    # It is away: those who have a token are let in, and what can't be judged is told from bad.
    server.stop()
    assert ask(told, new) == ask(told, old) == (HTTPStatus.OK, carol)
    assert ask(told, f"{new[:-4]}AAAA")[0] == HTTPStatus.UNAUTHORIZED
    assert eventually(told, named(new, "x"))[0] == HTTPStatus.SERVICE_UNAVAILABLE

    # It comes back, with a key that nobody has seen.
    outlive(signed_at)
    server.start(database, KEY_SECONDS=KEY_SECONDS)
    newest = server.token(cookie)
    assert part(newest, 0)["kid"] not in {part(token, 0)["kid"] for token in (old, new)}
    assert eventually(told, newest, besides=HTTPStatus.SERVICE_UNAVAILABLE) == (
        HTTPStatus.OK,
        carol,
    )


@pytest.mark.parametrize("algorithm", ["ES256", "RS256", "PS256"])
def test_its_other_algorithms_are_taken_too(
    servers: "dict[str, BetterAuth]", told: "Told", databases: dict[str, str], algorithm: str
) -> None:
    server = servers[algorithm]
    server.start(databases[algorithm])
    token = server.token(server.sign_up("carol@example.com"))

    assert part(token, 0)["alg"] == algorithm
    assert ask(told, token)[0] == HTTPStatus.OK


def test_it_writes_tokens_and_keys_as_we_think_it_does(
    servers: "dict[str, BetterAuth]", databases: dict[str, str]
) -> None:
    server = servers["EdDSA"]
    if server.process is None:
        server.start(databases["EdDSA"])
    token = server.token(server.sign_up("dora@example.com"))

    header, claims = part(token, 0), part(token, 1)
    assert header.keys() == {"alg", "kid"}
    assert claims.keys() == {"iat", "exp", "iss", "aud", "sub", "email", "email_verified"}
    assert claims["exp"] - claims["iat"] == 300
    assert (claims["iss"], claims["email_verified"]) == (server.origin, False)
    assert "@" not in claims["sub"]
    for key in server.shown_keys():
        assert key.keys() == {"alg", "crv", "x", "kty", "kid"}
        assert (key["alg"], key["crv"], key["kty"]) == ("EdDSA", "Ed25519", "OKP")
