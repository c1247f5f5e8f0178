"""Access tokens: ours are read, and nobody else's."""

import base64
import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import jwt
import pytest
from pydantic import SecretStr

from app.core.security.tokens import (
    HEADER,
    AccessTokens,
    Claims,
    TokenInvalid,
    digest,
    kid_of,
    new_refresh_token,
)
from app.core.settings import TokenSettings

KEY = "8b1f6a7d0c2e4935a1b8c7d6e5f40312" * 2
NEW = "2c7d9e4f1a6b3058c9d0e1f2a3b4c5d6" * 2
SETTINGS = TokenSettings(secret=SecretStr(KEY), issuer="us", audience="our-api")
OUR_HEADER = HEADER | {"kid": kid_of(KEY)}
CLAIMS = Claims(user=uuid4(), session=uuid4())
NOW = int(datetime.now(UTC).timestamp())
GOOD = {
    "iss": "us",
    "aud": "our-api",
    "sub": str(CLAIMS.user),
    "sid": str(CLAIMS.session),
    "jti": "1",
    "iat": NOW,
    "exp": NOW + 600,
    "auth_time": NOW,
}


@pytest.fixture
def tokens() -> AccessTokens:
    return AccessTokens(SETTINGS)


def encoded(part: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def forged(header: dict[str, Any] | None = None, key: str = KEY, /, **claims: Any) -> str:
    """Make a token as ours, but for what is said; None takes a claim away."""
    payload = {name: value for name, value in (GOOD | claims).items() if value is not None}
    header = OUR_HEADER | (header or {})
    return jwt.PyJWS().encode(json.dumps(payload).encode(), key, header["alg"], headers=header)


def unsigned(**header: str) -> str:
    return f"{encoded(OUR_HEADER | header)}.{encoded(GOOD)}."


def test_a_token_says_whose_it_is(tokens: AccessTokens) -> None:
    assert tokens.read(tokens.issue(CLAIMS, auth_time=datetime.now(UTC))) == CLAIMS
    assert tokens.read(forged()) == CLAIMS


def test_a_token_holds_no_more_than_it_must(tokens: AccessTokens) -> None:
    token = tokens.issue(CLAIMS, auth_time=datetime.fromtimestamp(NOW - 60, UTC))

    payload = jwt.decode(token, options={"verify_signature": False})
    assert jwt.get_unverified_header(token) == {
        "alg": "HS256",
        "typ": "at+jwt",
        "kid": kid_of(KEY),
    }
    assert payload.keys() == GOOD.keys()
    assert payload["exp"] - payload["iat"] == 600
    assert payload["auth_time"] == NOW - 60


FORGERIES = {
    "no signature": unsigned(),
    "no algorithm": unsigned(alg="none"),
    "no algorithm, in capitals": unsigned(alg="NONE"),
    "a stripped signature": forged().rpartition(".")[0],
    "another algorithm": forged({"alg": "HS384"}),
    "another key": forged(None, KEY[::-1]),
    "an empty key": f"{unsigned()}{'A' * 43}",
    "a flipped bit": forged().replace(".", ".A", 1),
    "another payload": f"{unsigned()}{forged(jti='2').rpartition('.')[2]}",
    "an identity token": forged({"typ": "JWT"}),
    "no type": f"{encoded({'alg': 'HS256'})}.{'.'.join(forged().split('.')[1:])}",
    "a place for another key": forged({"jku": "https://evil.example.org/keys"}),
    "a key of its own": forged({"jwk": {"kty": "oct", "k": "AAAA"}}),
    "a name of a key": forged({"kid": "../../dev/null"}),
    "a certificate": forged({"x5u": "https://evil.example.org/x5u"}),
    "a critical word": forged({"crit": ["exp"]}),
    "an unencoded payload": forged({"b64": False, "crit": ["b64"]}),
    "another issuer": forged(iss="them"),
    "issuers": forged(iss=["us", "them"]),
    "another audience": forged(aud="their-api"),
    "audiences": forged(aud=["our-api", "their-api"]),
    "expired": forged(iat=NOW - 700, exp=NOW - 100),
    "from the future": forged(iat=NOW + 3000, exp=NOW + 3600),
    "not before later": forged(nbf=NOW + 3000),
    "a long life": forged(exp=NOW + 601),
    "a very long life": forged(exp=10**18),
    "an endless life": forged(exp=float("inf")),
    "no number of an end": forged(exp=float("nan")),
    "an end in words": forged(exp="soon"),
    "an end as text": forged(exp=str(NOW + 600)),
    "a beginning in words": forged(iat="now"),
    "a number for a person": forged(sub=1),
    "a word for a person": forged(sub="alice"),
    "a list for a person": forged(sub=[str(CLAIMS.user)]),
    "a number for a session": forged(sid=1),
    "a word for a session": forged(sid="session"),
    "an object for a session": forged(sid={}),
    "a number for a name": forged(jti=1),
    "too much": forged(note="x" * 9000),
    "a deep header": f"{base64.urlsafe_b64encode(b'[' * 5001).decode()}.{encoded(GOOD)}.",
    "a list": f"{encoded(OUR_HEADER)}.{encoded([1])}.",
    "encrypted": ".".join(["eyJhbGciOiJkaXIifQ"] * 5),
    "a refresh token": new_refresh_token(),
    "nothing": "",
    "dots": "..",
    "not even ASCII": "ü.ü.ü",
    "NUL": "\x00",
} | {f"no {claim}": forged(**{claim: None}) for claim in GOOD}


@pytest.mark.parametrize("token", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_token_that_is_not_ours_is_refused(tokens: AccessTokens, token: str) -> None:
    with pytest.raises(TokenInvalid):
        tokens.read(token)


@pytest.mark.parametrize("issued", [-620, 20], ids=["just expired", "a clock that is fast"])
def test_clocks_may_differ_a_little(tokens: AccessTokens, issued: int) -> None:
    now = int(datetime.now(UTC).timestamp())

    assert tokens.read(forged(iat=now + issued, exp=now + issued + 600)) == CLAIMS


def test_a_secret_is_changed_while_tokens_of_the_old_one_live_on() -> None:
    before, after = (SETTINGS.model_copy(update={"secret": SecretStr(key)}) for key in (KEY, NEW))
    between = after.model_copy(update={"previous_secret": before.secret})
    old, new = (
        AccessTokens(settings).issue(CLAIMS, auth_time=datetime.now(UTC))
        for settings in (before, between)
    )

    for token in (old, new):
        assert AccessTokens(between).read(token) == CLAIMS
    for settings, token in ((before, new), (after, old)):
        with pytest.raises(TokenInvalid):
            AccessTokens(settings).read(token)


def test_a_key_is_chosen_by_its_name_alone() -> None:
    both = AccessTokens(SETTINGS.model_copy(update={"previous_secret": SecretStr(NEW)}))
    assert both.read(forged({"kid": kid_of(NEW)}, NEW)) == CLAIMS

    for kid, key in ((kid_of(KEY), NEW), (kid_of(NEW), KEY), (kid_of(NEW[::-1]), KEY)):
        with pytest.raises(TokenInvalid):
            both.read(forged({"kid": kid}, key))


def test_the_name_of_a_key_is_its_own_and_tells_nothing_of_it() -> None:
    names = {kid_of(key) for key in (KEY, NEW, KEY)}

    assert [len(name) for name in names] == [16, 16]
    assert not any(name in KEY + NEW for name in names)


def test_tokens_of_another_deployment_are_refused(tokens: AccessTokens) -> None:
    for changes in ({"issuer": "staging"}, {"audience": "staging"}):
        other = AccessTokens(SETTINGS.model_copy(update=changes))
        with pytest.raises(TokenInvalid):
            tokens.read(other.issue(CLAIMS, auth_time=datetime.now(UTC)))


def test_refresh_tokens_are_long_random_and_stored_as_a_hash() -> None:
    several = {new_refresh_token() for _ in range(100)}

    assert len(several) == 100
    for token in several:
        assert token.startswith("bsr_")
        assert len(token) == 47
        assert len(digest(token)) == 32
        assert token.encode() not in digest(token)
