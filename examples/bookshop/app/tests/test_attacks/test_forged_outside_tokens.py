"""Tokens that only look as if an outside issuer had made them open nothing, and make nobody."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import func, select

from app.core.about import NAME
from app.core.config import Settings
from app.core.security.tokens import Claims, TokenInvalid
from app.db.database import Database
from app.models import User, UserIdentity
from app.tests.answers import assert_problem
from app.tests.fake_issuer import AUDIENCE, FakeIssuer, Signer, caller, encoded, issuing, trusting
from app.tests.people import ALICE, EVERYBODY

ME = "/api/v1/users/me"
NOW = int(datetime.now(UTC).timestamp())
pytestmark = pytest.mark.thorough

THIEF = Signer("EdDSA")

Forge = Callable[[FakeIssuer], str]


@pytest.fixture(scope="module")
async def issuer() -> AsyncIterator[FakeIssuer]:
    async with issuing() as issuer:
        yield issuer


@pytest.fixture(scope="module")
async def trusting_app(issuer: FakeIssuer, settings: Settings) -> AsyncIterator[FastAPI]:
    async with trusting(settings, issuer.settings()) as app:
        yield app


async def me(app: FastAPI, token: str) -> Response:
    async with caller(app, token) as client:
        return await client.get(ME)


def raw(header: Any, payload: Any, signature: str = "AAAA") -> str:
    return f"{encoded(header)}.{encoded(payload)}.{signature}"


def said(issuer: FakeIssuer, **header: Any) -> dict[str, Any]:
    return {"alg": issuer.algorithm, "kid": issuer.signer.kid} | header


def signed_by_secret(issuer: FakeIssuer, secret: bytes) -> str:
    """Sign as with a shared secret: PyJWT itself would not take such a one."""
    start = f"{encoded(said(issuer, alg='HS256'))}.{encoded(issuer.claims())}"
    signature: bytes = hmac.digest(secret, start.encode(), hashlib.sha256)
    return f"{start}.{encoded(signature)}"


def public_pem(issuer: FakeIssuer) -> bytes:
    public = issuer.signer.private.public_key()
    pem: bytes = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return pem


def under(algorithm: str) -> Forge:
    signer = Signer(algorithm)
    return lambda issuer: issuer.token(signer, {"kid": issuer.signer.kid})


def header(**words: Any) -> Forge:
    return lambda issuer: issuer.token(None, words)


def claims(**changes: Any) -> Forge:
    return lambda issuer: issuer.token(**changes)


FORGERIES: dict[str, Forge] = {
    "1 no signature": lambda it: raw(said(it), it.claims(), ""),
    "2 no algorithm": lambda it: raw(said(it, alg="none"), it.claims(), ""),
    "2 no algorithm, and something signed": lambda it: raw(said(it, alg="none"), it.claims()),
    "2 no algorithm, in capitals": lambda it: raw(said(it, alg="NONE"), it.claims()),
    "3 a stripped signature": lambda it: it.token().rpartition(".")[0],
    "4 a signature of zeros": lambda it: raw(said(it), it.claims(), "A" * 86),
    "4 another token's signature": lambda it: raw(
        said(it), it.claims(sub="x"), it.token().rpartition(".")[2]
    ),
    "5 a public key as a shared secret": lambda it: signed_by_secret(it, public_pem(it)),
    "5 a shown key as a shared secret": lambda it: signed_by_secret(
        it, json.dumps(it.signer.jwk).encode()
    ),
    "6 another algorithm of ours": under("ES256"),
    "6 another algorithm with a longer key": under("RS256"),
    "6 another name of the algorithm": header(alg="Ed25519"),
    "6 a list of algorithms": lambda it: raw(said(it, alg=["EdDSA"]), it.claims()),
    "7 a thief's key under a known name": under("EdDSA"),
    "8 a key that nobody knows": lambda it: it.token(THIEF),
    "9 a key in the token": lambda it: it.token(THIEF, {"kid": it.signer.kid, "jwk": THIEF.jwk}),
    "10 a key in the token, under its own name": lambda it: it.token(THIEF, {"jwk": THIEF.jwk}),
    "10 certificates in the token": lambda it: it.token(THIEF, {"x5c": ["AAAA"]}),
    "12 a critical word": header(crit=["exp"]),
    "12 no critical word": header(crit=[]),
    "12 an unencoded payload": lambda it: raw(said(it, b64=False, crit=["b64"]), it.claims()),
    "12 an encoded payload that says so": header(b64=True),
    "13 no name of a key": header(kid=None),
    "13 a path for a name": header(kid="../../dev/null"),
    "13 a query for a name": header(kid="' UNION SELECT 'x"),
    "13 a very long name": header(kid="x" * 129),
    "13 a number for a name": lambda it: raw(said(it, kid=1), it.claims()),
    "14 what better-auth keeps in cookies": lambda it: it.token(
        None,
        {"typ": "better-auth.session-cache+jwt"},
        aud="better-auth:session-cache",
    ),
    "14 its type alone": header(typ="better-auth.session-cache+jwt"),
    "14 its audience alone": claims(aud="better-auth:session-cache"),
    "14 an access token of another profile": header(typ="at+jwt"),
    "15 an issuer that nobody knows": claims(iss="https://auth.example.org"),
    "15 no issuer": claims(iss=None),
    "15 issuers": lambda it: it.token(iss=[it.url]),
    "15 an object for an issuer": claims(iss={"url": 1}),
    "15 almost the issuer": lambda it: it.token(iss=f"{it.url}/"),
    "15 ourselves": claims(iss=NAME),
    "16 another audience": claims(aud="their-api"),
    "16 other audiences": claims(aud=["their-api", NAME]),
    "16 numbers for audiences": claims(aud=[1]),
    "16 no audience": claims(aud=None),
    "16 an empty audience": claims(aud=""),
    "17 expired": claims(iat=NOW - 400, exp=NOW - 100),
    "17 no end": claims(exp=None),
    "17 an end in words": claims(exp="soon"),
    "17 an end as text": claims(exp=str(NOW + 300)),
    "17 an end that is no number": claims(exp=float("nan")),
    "17 no end ever": claims(exp=float("inf")),
    "17 a long life": claims(exp=NOW + 3600),
    "17 a very long life": claims(exp=10**300),
    "17 an end before the beginning": claims(iat=NOW + 20, exp=NOW - 20),
    "18 from the future": claims(iat=NOW + 200, exp=NOW + 400),
    "18 no beginning": claims(iat=None),
    "18 a beginning in words": claims(iat="now"),
    "18 not before later": claims(nbf=NOW + 200),
    "18 not before a word": claims(nbf="later"),
    "19 nobody": claims(sub=None),
    "19 no name for somebody": claims(sub=""),
    "19 a number for somebody": claims(sub=1),
    "19 somebody with a very long name": claims(sub="x" * 256),
    "19 an address for somebody": claims(sub="alice@example.com"),
    "19 NUL for somebody": claims(sub="\x00"),
    "19 half a character for somebody": claims(sub="\ud800"),
    "20 encrypted": lambda it: ".".join([encoded(said(it))] * 5),
    "20 too much": claims(note="x" * 9000),
    "20 padding": lambda it: it.token() + "==",
    "20 spare bits": lambda it: it.token()[:-1] + spared(it.token()[-1]),
    "20 white space": lambda it: it.token().replace(".", ". ", 1),
    "20 letters of another base64": lambda it: it.token().replace(".", "+.", 1),
    "20 a deep header": lambda it: raw(b"[" * 4000, it.claims()),
    "20 a deep payload": lambda it: raw(said(it), b"[" * 4000),
    "20 a long number": lambda it: raw(said(it), b'{"exp": ' + b"9" * 5000 + b"}"),
    "20 lists": lambda it: raw([], []),
    "20 no JSON": lambda it: raw(b"x", b"x"),
    "20 not even text": lambda it: raw(b"\xff", b"\xff"),
}


def spared(last: str) -> str:
    """The letter that differs from this one only in bits that say nothing."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return letters[letters.index(last) + 1]


async def people(database: Database) -> tuple[int | None, int | None]:
    async with database.reads() as session:
        users = await session.scalar(select(func.count(User.id)))
        return users, await session.scalar(select(func.count(UserIdentity.id)))


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
async def test_a_forged_token_opens_nothing(
    app: FastAPI, trusting_app: FastAPI, database: Database, issuer: FakeIssuer, forge: Forge
) -> None:
    answer = await me(trusting_app, forge(issuer))

    assert_problem(answer, TokenInvalid)
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert await people(database) == (len(EVERYBODY), 0)


async def test_the_same_token_without_its_flaw_opens_an_account(
    app: FastAPI, trusting_app: FastAPI, database: Database, issuer: FakeIssuer
) -> None:
    for token in (issuer.token(), issuer.token(None, {"typ": "JWT"}), issuer.token(aud=[AUDIENCE])):
        assert (await me(trusting_app, token)).status_code == 200

    assert await people(database) == (len(EVERYBODY) + 1, 1)


@pytest.mark.parametrize("word", ["jku", "x5u"])
async def test_11_nobody_looks_for_keys_where_a_token_says(
    app: FastAPI, trusting_app: FastAPI, issuer: FakeIssuer, word: str
) -> None:
    async with issuing() as canary:
        for kid in (canary.signer.kid, issuer.signer.kid):
            forged = issuer.token(canary.signer, {"kid": kid, word: f"{canary.url}/keys"})
            assert_problem(await me(trusting_app, forged), TokenInvalid)

        assert canary.hits == 0


@pytest.mark.parametrize(
    "words",
    [
        {"alg": "ES256"},
        {"alg": "HS256"},
        {"alg": "none"},
        {"typ": "at+jwt"},
        {"crit": ["exp"]},
        {"kid": "../../dev/null"},
        {"kid": "x" * 129},
        {"kid": ""},
    ],
    ids=str,
)
async def test_25_what_is_wrong_at_first_sight_makes_nobody_look_for_keys(
    app: FastAPI, settings: Settings, words: dict[str, Any]
) -> None:
    async with issuing() as issuer, trusting(settings, issuer.settings()) as trusting_app:
        await me(trusting_app, issuer.token())
        hits = issuer.hits

        forged = issuer.token(None, {"kid": "unknown"} | words)
        assert_problem(await me(trusting_app, forged), TokenInvalid)

        assert issuer.hits == hits


# One issuer's token for another's.


async def test_21_our_own_words_signed_by_an_outside_key_open_nothing(
    app: FastAPI, trusting_app: FastAPI, issuer: FakeIssuer
) -> None:
    ours = app.state.tokens.issue(
        Claims(user=ALICE.id, session=ALICE.session), auth_time=datetime.now(UTC)
    )
    head, payload, _ = ours.split(".")
    words = jwt.decode(ours, options={"verify_signature": False})

    assert (await me(trusting_app, ours)).status_code == 200
    for token in (issuer.token(**words), f"{head}.{payload}.{issuer.token().rpartition('.')[2]}"):
        assert_problem(await me(trusting_app, token), TokenInvalid)


async def test_22_an_issuers_words_signed_by_our_own_key_open_nothing(
    app: FastAPI, trusting_app: FastAPI, settings: Settings, issuer: FakeIssuer
) -> None:
    secret = settings.tokens.secret.get_secret_value().encode()

    assert_problem(await me(trusting_app, signed_by_secret(issuer, secret)), TokenInvalid)


async def test_23_one_issuers_key_signs_for_no_other(
    app: FastAPI, settings: Settings, database: Database
) -> None:
    async with issuing("EdDSA") as one, issuing("ES256") as other:
        more = other.settings().model_dump(include={"url", "audience", "algorithm"})
        async with trusting(settings, one.settings(more=(more,))) as both:
            for token in (one.token(iss=other.url), other.token(iss=one.url)):
                assert_problem(await me(both, token), TokenInvalid)

            # The same word is the name of somebody else in another place (ASVS 10.3.3).
            found = [(await me(both, each.token(sub="same"))).json()["id"] for each in (one, other)]
            assert len(set(found)) == 2


async def test_24_an_issuer_that_is_not_configured_opens_nothing(
    app: FastAPI, issuer: FakeIssuer
) -> None:
    assert_problem(await me(app, issuer.token()), TokenInvalid)
