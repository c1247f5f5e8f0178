"""Forged access tokens, each kind by its number: whatever is made up, nobody is signed in by it.

Those about headers and claims are signed with the application's own key: only what they say
is wrong.
"""

import asyncio
import base64
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from httpx import ASGITransport, AsyncClient, Response
from pydantic import SecretStr

from app.core.about import NAME
from app.core.config import DEVELOPMENT_SECRET, Settings
from app.core.errors import Unauthenticated
from app.core.security.tokens import TokenInvalid, kid_of, new_refresh_token
from app.tests.answers import assert_problem
from app.tests.apps import running
from app.tests.logins import AUTH, ME, me, sign_in
from app.tests.people import ALICE, BOB

LOOPBACK = "127.0.0.1"
KEY = DEVELOPMENT_SECRET.encode()
KID = kid_of(DEVELOPMENT_SECRET)
HEADER = {"alg": "HS256", "typ": "at+jwt", "kid": KID}
PUBLIC_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
PEM = PUBLIC_KEY.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
RAW = PUBLIC_KEY.public_bytes(Encoding.Raw, PublicFormat.Raw)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def now() -> int:
    return int(datetime.now(UTC).timestamp())


def claims_of_alice() -> dict[str, Any]:
    return {
        "iss": NAME,
        "aud": NAME,
        "sub": str(ALICE.id),
        "sid": str(ALICE.session),
        "jti": "1",
        "iat": now(),
        "exp": now() + 600,
        "auth_time": now(),
    }


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def signed(header: str, payload: str, key: bytes = KEY, by: str = "sha256") -> str:
    """Sign a header and claims that are spelt as they stand here."""
    content = f"{base64url(header.encode())}.{base64url(payload.encode())}"
    return f"{content}.{base64url(hmac.digest(key, content.encode(), by))}"


def with_header(key: bytes = KEY, /, by: str = "sha256", **words: Any) -> str:
    """Sign true claims below another header; None takes a word away."""
    header = {name: word for name, word in (HEADER | words).items() if word is not None}
    return signed(json.dumps(header), json.dumps(claims_of_alice()), key, by)


def with_claims(**claims: Any) -> str:
    """Sign other claims; None takes one away."""
    payload = claims_of_alice() | claims
    payload = {name: value for name, value in payload.items() if value is not None}
    return signed(json.dumps(HEADER), json.dumps(payload))


def assert_refused(answer: Response) -> None:
    assert_problem(answer, TokenInvalid)
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


async def assert_worthless(visitor: AsyncClient, *tokens: str) -> None:
    for token in tokens:
        assert_refused(await me(visitor, {"access_token": token}))


async def test_00_what_is_forged_differs_in_one_thing_from_what_is_good(
    visitor: AsyncClient,
) -> None:
    for token in (with_header(), with_claims()):
        assert (await me(visitor, {"access_token": token})).json()["id"] == str(ALICE.id)


# Signatures.


async def test_01_no_algorithm(visitor: AsyncClient) -> None:
    for name in ("none", "None", "NONE", "nOnE", ""):
        token = with_header(alg=name)
        await assert_worthless(visitor, token, token.rpartition(".")[0] + ".")


async def test_02_a_stripped_signature(visitor: AsyncClient) -> None:
    unsigned = with_claims().rpartition(".")[0]

    await assert_worthless(visitor, unsigned, f"{unsigned}.", f"{unsigned}.{'A' * 43}")


async def test_03_a_flipped_bit(visitor: AsyncClient) -> None:
    good = with_claims()
    for part in range(3):
        parts = good.split(".")
        parts[part] = ALPHABET[ALPHABET.index(parts[part][0]) ^ 1] + parts[part][1:]
        await assert_worthless(visitor, ".".join(parts))
    # The last character has bits to spare: this spells the same signature.
    await assert_worthless(visitor, good[:-1] + ALPHABET[ALPHABET.index(good[-1]) ^ 1])
    await assert_worthless(visitor, f"{good.rpartition('.')[0]}.{with_claims(jti='2')[-43:]}")


async def test_04_another_algorithm(visitor: AsyncClient) -> None:
    await assert_worthless(
        visitor,
        with_header(by="sha384", alg="HS384"),
        with_header(by="sha512", alg="HS512"),
        *(with_header(alg=name) for name in ("HS384", "EdDSA", "RS256", "ES256", "PS256")),
    )


async def test_05_a_public_key_or_any_other_secret(visitor: AsyncClient) -> None:
    keys = (PEM, PEM.strip(), RAW, b"another secret of at least 32 bytes", KID.encode(), b"", b"\0")

    await assert_worthless(visitor, *(with_header(key) for key in keys))


# Headers.


@asynccontextmanager
async def canary() -> AsyncIterator[tuple[str, list[str]]]:
    """Listen where a forged token says that its key is, and note who comes."""
    visits: list[str] = []

    async def visited(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.append("visit")
        writer.close()

    server = await asyncio.start_server(visited, LOOPBACK, 0)
    async with server:
        yield f"http://{LOOPBACK}:{server.sockets[0].getsockname()[1]}/keys.json", visits


@pytest.mark.parametrize("kid", [KID, "theirs"], ids=["ours", "theirs"])
async def test_06_a_key_that_a_token_brings_along(visitor: AsyncClient, kid: str) -> None:
    secret = b"a secret of the attacker's, as long as it has to be"
    jwk = {"kty": "oct", "kid": kid, "k": base64url(secret)}
    async with canary() as (url, visits):
        places = (
            {"jku": url},
            {"x5u": url},
            {"jwk": jwk},
            {"x5c": [base64.b64encode(PEM).decode()]},
            {"jku": url, "x5u": url, "jwk": jwk},
        )
        for key in (secret, KEY):
            tokens = (with_header(key, kid=kid, **words) for words in places)
            await assert_worthless(visitor, *tokens)
        assert visits == []


async def test_07_words_that_are_critical(visitor: AsyncClient) -> None:
    critical: tuple[list[str], ...] = (["exp"], ["kid"], [])

    await assert_worthless(visitor, *(with_header(crit=words) for words in critical))


async def test_08_a_payload_that_is_not_encoded(visitor: AsyncClient) -> None:
    await assert_worthless(
        visitor,
        with_header(b64=False, crit=["b64"]),
        with_header(b64=False),
        with_header(b64=True),
    )


async def test_09_a_token_of_another_type(visitor: AsyncClient) -> None:
    types = ("JWT", "AT+JWT", "application/at+jwt", "refresh", "", 1, ["at+jwt"], None)

    await assert_worthless(visitor, *(with_header(typ=name) for name in types))


async def test_10_a_key_of_another_name(visitor: AsyncClient) -> None:
    names = (
        *("theirs", "", "../../../../dev/null", "' UNION SELECT 'secret'--", "|/usr/bin/id"),
        *(kid_of("another"), f"{KID}\0", KID.swapcase(), [KID], 1, True, {"$ne": ""}, None),
    )

    await assert_worthless(visitor, *(with_header(kid=name) for name in names))
    await assert_worthless(visitor, with_header(b"", kid="/dev/null"), with_header(b"\0", kid=""))


# Claims.


async def test_11_a_claim_that_is_missing(visitor: AsyncClient) -> None:
    await assert_worthless(visitor, *(with_claims(**{claim: None}) for claim in claims_of_alice()))


async def test_12_a_claim_that_is_wrong_or_of_another_type(visitor: AsyncClient) -> None:
    at = now()
    wrong: dict[str, tuple[Any, ...]] = {
        "iss": ("them", "", [NAME], 1),
        "aud": ("them", "", 1),
        "sub": ("alice", "", ALICE.email, str(BOB.id), str(uuid4()), [str(ALICE.id)], 1),
        "sid": ("alice", "", str(BOB.session), str(uuid4()), [str(ALICE.session)], 1),
        "jti": (1, []),
        "iat": ("now", str(at), [at], at + 0.5, -at),
        "exp": ("soon", str(at + 600), [at + 600], at + 599.5, float("inf"), float("nan")),
        "auth_time": ("now", str(at), [at], at + 0.5),
        "nbf": (at + 300, "now", []),
    }
    for claim, values in wrong.items():
        await assert_worthless(visitor, *(with_claims(**{claim: each}) for each in values))
        await assert_worthless(visitor, with_claims(**{claim: {}}), with_claims(**{claim: True}))


async def test_13_a_life_that_is_over_or_too_long(visitor: AsyncClient) -> None:
    at = now()

    await assert_worthless(
        visitor,
        with_claims(iat=at - 700, exp=at - 100),
        with_claims(exp=at + 605),
        with_claims(exp=10**18),
        with_claims(iat=at + 20, exp=at + 10),
    )


async def test_14_a_token_from_the_future(visitor: AsyncClient) -> None:
    await assert_worthless(visitor, with_claims(iat=now() + 300, exp=now() + 900))


async def test_15_another_issuer_or_audience(visitor: AsyncClient) -> None:
    them = "https://evil.example.org"

    await assert_worthless(
        visitor, with_claims(iss=them), with_claims(aud=them), with_claims(iss=them, aud=them)
    )


async def test_16_several_audiences(visitor: AsyncClient) -> None:
    await assert_worthless(visitor, with_claims(aud=[NAME]), with_claims(aud=[NAME, "them"]))


async def test_17_a_key_that_stands_twice(visitor: AsyncClient) -> None:
    header, payload = json.dumps(HEADER), json.dumps(claims_of_alice())

    await assert_worthless(
        visitor,
        signed(header, payload.replace("{", f'{{"sub": "{BOB.id}", ', 1)),
        signed(header, payload.replace("{", f'{{"exp": {now() + 10}, ', 1)),
        signed(header.replace("{", '{"alg": "none", ', 1), payload),
        signed(header.replace("{", '{"kid": "theirs", ', 1), payload),
    )


async def test_18_what_is_no_object(visitor: AsyncClient) -> None:
    header, payload = json.dumps(HEADER), json.dumps(claims_of_alice())

    for text in (f"[{payload}]", "null", "alice", '"alice"', "", "[" * 3000, "{", "1e999"):
        await assert_worthless(visitor, signed(header, text))
    for text in (f"[{header}]", "null", "HS256", "", "[" * 3000, "{"):
        await assert_worthless(visitor, signed(text, payload))


# Forms.


async def test_19_a_token_of_another_kind(visitor: AsyncClient) -> None:
    given = await sign_in(visitor)

    await assert_worthless(visitor, given["refresh_token"], new_refresh_token(), "alice", "null")


async def test_20_a_token_that_is_far_too_long(visitor: AsyncClient) -> None:
    await assert_worthless(visitor, with_claims(note="x" * 20_000), with_claims(note="x" * 6_200))


async def test_21_dots_too_many_or_too_few(visitor: AsyncClient) -> None:
    good = with_claims()

    tokens = (f"{good}..", f"{good}.", f".{good}", f"{good}.{'A' * 43}", "..", ".", good[:-44], "")
    await assert_worthless(visitor, *tokens)


async def test_22_an_encrypted_token(visitor: AsyncClient) -> None:
    header = base64url(json.dumps({"alg": "dir", "enc": "A256GCM", "kid": KID}).encode())

    await assert_worthless(visitor, f"{header}..AAAA.AAAA.AAAA", f"{header}.AAAA.AAAA.AAAA.AAAA")


async def test_23_another_spelling(visitor: AsyncClient) -> None:
    good = with_claims()
    header, payload, signature = good.split(".")

    await assert_worthless(
        visitor,
        f"{good}=",
        f"{good}!",
        good.replace(".", ". "),
        f"{header}=.{payload}.{signature}",
        f"{header}.{payload}\n.{signature}",
        f"{header}.{payload}.{signature[:20]} {signature[20:]}",
        f"{header}.{payload}.{'+/' * 21}A",
    )


# Places.


async def test_24_a_token_counts_in_its_own_place_alone(visitor: AsyncClient) -> None:
    good = with_claims()

    for name in ("access_token", "token"):
        assert_problem(await visitor.get(ME, params={name: good}), Unauthenticated)
        cookie = {"Cookie": f"{name}={good}"}
        assert_problem(await visitor.get(ME, headers=cookie), Unauthenticated)
    for value in (good, f"Token {good}", f"Basic {good}", "Bearer", f"Bearer {good} {good}"):
        assert_refused(await visitor.get(ME, headers={"Authorization": value}))
    twice = [("Authorization", f"Bearer {good}"), ("Authorization", "Bearer x")]
    assert_refused(await visitor.get(ME, headers=twice))


async def test_25_a_bad_token_is_refused_before_a_body_is_read(visitor: AsyncClient) -> None:
    headers = {"Authorization": f"Bearer {with_header(b'')}", "Content-Type": "text/plain"}

    answer = await visitor.post(f"{AUTH}/logout-everywhere", content="{", headers=headers)
    assert_refused(answer)
    assert_refused(await visitor.get(f"{AUTH}/sessions", headers=headers))


async def test_26_the_secret_before_the_last(visitor: AsyncClient, settings: Settings) -> None:
    """Tokens outlive the change of a secret while it is the previous one, and no longer."""
    old = await sign_in(visitor)
    new, newest = SecretStr("n" * 32), SecretStr("m" * 32)
    for secret, previous, status in (
        (new, settings.tokens.secret, 200),
        (newest, new, 401),
        (new, SecretStr(""), 401),
    ):
        changes = {"secret": secret, "previous_secret": previous}
        tokens = settings.tokens.model_copy(update=changes)
        async with (
            running(settings.model_copy(update={"tokens": tokens})) as app,
            AsyncClient(transport=ASGITransport(app), base_url="http://test") as client,
        ):
            assert (await me(client, old)).status_code == status
            assert (await me(client, await sign_in(client))).status_code == 200
