"""The public keys of an issuer (RFC 7517), as far as they fit its one algorithm."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from app.core.settings import Algorithm

Keys: TypeAlias = dict[str, PyJWK]
"""Public keys by their `kid`."""

KID = re.compile(r"[A-Za-z0-9_-]{1,128}", re.ASCII)
MOST_KEYS = 50
RSA_BITS = 2048
"""RFC 7518 section 3.3 asks for these at least, and better-auth makes them of this length."""


class KeysUnfit(Exception):
    """An issuer's answer holds no key that could be used; says why, never what it holds."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a key of a kind is written: what names the kind, and its public members."""

    kind: dict[str, str]
    members: tuple[str, ...]


RSA = Form({"kty": "RSA"}, ("n", "e"))
FORMS: dict[Algorithm, Form] = {
    "EdDSA": Form({"kty": "OKP", "crv": "Ed25519"}, ("x",)),
    "ES256": Form({"kty": "EC", "crv": "P-256"}, ("x", "y")),
    "RS256": RSA,
    "PS256": RSA,
}


def read_keys(content: bytes, algorithm: Algorithm) -> Keys:
    """Read a set of keys, and leave out those that are of no use.

    Raises KeysUnfit if it is no such set, or none of its keys fits.
    """
    try:
        found = json.loads(content)["keys"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise KeysUnfit("no set of keys") from None
    if not isinstance(found, list) or len(found) > MOST_KEYS:
        raise KeysUnfit("no list of keys, or too long a one")
    keys: Keys = {}
    for kid, key in _fitting(found, algorithm):
        keys.setdefault(kid, key)
    if not keys:
        raise KeysUnfit("no key that fits")
    return keys


def _fitting(found: list[Any], algorithm: Algorithm) -> Iterator[tuple[str, PyJWK]]:
    form = FORMS[algorithm]
    for each in found:
        if not isinstance(each, dict) or not _fits(each, form, algorithm):
            continue
        public = form.kind | {name: each[name] for name in form.members}
        try:
            key = PyJWK.from_dict(public, algorithm)
        except (PyJWTError, ValueError):
            continue
        if not isinstance(key.key, RSAPublicKey) or key.key.key_size >= RSA_BITS:
            yield each["kid"], key


def _fits(key: dict[str, Any], form: Form, algorithm: Algorithm) -> bool:
    """Tell whether a key is made for checking these signatures, and is public indeed.

    One whose private half is shown as well could have signed anything.
    """
    kid, uses = key.get("kid"), key.get("key_ops", ["verify"])
    return (
        isinstance(kid, str)
        and KID.fullmatch(kid) is not None
        and all(key.get(name) == value for name, value in form.kind.items())
        and all(isinstance(key.get(name), str) for name in form.members)
        and key.get("alg", algorithm) == algorithm
        and key.get("use", "sig") == "sig"
        and isinstance(uses, list)
        and "verify" in uses
        and not {"d", "k"} & key.keys()
    )
