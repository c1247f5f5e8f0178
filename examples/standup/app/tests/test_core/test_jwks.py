"""The keys of an issuer: those that fit are taken, and no others."""

import json
from typing import Any, get_args

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.core.security.jwks import MOST_KEYS, KeysUnfit, read_keys
from app.core.settings import Algorithm
from app.tests.fake_issuer import Signer, rsa_key

ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
SIGNER = Signer("EdDSA")


def written(*keys: Any) -> bytes:
    return json.dumps({"keys": keys}).encode()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_key_of_each_kind_is_read(algorithm: Algorithm) -> None:
    signer = Signer(algorithm)

    keys = read_keys(written(signer.jwk), algorithm)

    assert keys.keys() == {signer.kid}
    assert keys[signer.kid].key == signer.private.public_key()
    assert keys[signer.kid].algorithm_name == algorithm


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_keys_of_other_kinds_are_left_out(algorithm: Algorithm) -> None:
    signers = [Signer(each) for each in ALGORITHMS]
    oct_key = {"kty": "oct", "k": "AAAA", "kid": "shared", "alg": algorithm}

    keys = read_keys(written(oct_key, *(signer.jwk for signer in signers)), algorithm)

    assert keys.keys() == {signer.kid for signer in signers if signer.algorithm == algorithm}


@pytest.mark.parametrize(
    "change",
    [
        {"kid": None},
        {"kid": 1},
        {"kid": ""},
        {"kid": "../../dev/null"},
        {"kid": "x" * 129},
        {"kty": "oct"},
        {"kty": "EC"},
        {"kty": ["OKP"]},
        {"crv": "Ed448"},
        {"crv": "X25519"},
        {"alg": "Ed25519"},
        {"alg": "HS256"},
        {"alg": None},
        {"use": "enc"},
        {"use": None},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"key_ops": 1},
        {"x": None},
        {"x": ""},
        {"x": "AAAA"},
        {"x": "ü"},
        {"x": {}},
        {"d": "AAAA"},
        {"k": "AAAA"},
    ],
    ids=str,
)
def test_a_key_that_does_not_fit_is_left_out(change: dict[str, Any]) -> None:
    content = written(SIGNER.jwk | change, None, "key", [], {}, SIGNER.jwk | {"kid": "good"})

    assert read_keys(content, "EdDSA").keys() == {"good"}


@pytest.mark.parametrize(
    "change", [{"alg": "EdDSA"}, {"use": "sig"}, {"key_ops": ["verify"]}, {"x5u": "https://x"}]
)
def test_a_key_may_say_what_it_is_for(change: dict[str, Any]) -> None:
    assert read_keys(written(SIGNER.jwk | change), "EdDSA").keys() == {SIGNER.kid}


def test_another_curve_is_no_key_for_these_signatures() -> None:
    curved = Signer("ES384", ec.generate_private_key(ec.SECP384R1())).jwk

    for change in ({}, {"alg": "ES256"}, {"alg": "ES256", "crv": "P-256"}):
        with pytest.raises(KeysUnfit):
            read_keys(written(curved | change), "ES256")


def test_a_short_key_is_left_out() -> None:
    short = Signer("RS256", rsa_key("RS256", 1024))

    with pytest.raises(KeysUnfit):
        read_keys(written(short.jwk), "RS256")


def test_of_two_keys_with_one_name_the_first_counts() -> None:
    other = Signer("EdDSA").jwk | {"kid": SIGNER.kid}

    [key] = read_keys(written(SIGNER.jwk, other), "EdDSA").values()

    assert key.key == SIGNER.private.public_key()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"keys": null}',
        b'{"keys": {}}',
        b'{"keys": []}',
        b'{"keys": "x"}',
        b"<html>",
        b"\xff",
        b"[" * 100_000,
        written(*[SIGNER.jwk] * (MOST_KEYS + 1)),
    ],
    ids=range(12),
)
def test_what_holds_no_key_is_refused(content: bytes) -> None:
    with pytest.raises(KeysUnfit):
        read_keys(content, "EdDSA")
