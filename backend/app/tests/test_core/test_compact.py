"""What is no signed token, to the letter, is refused before anything of it is read."""

import base64
import json

import pytest

from app.core.security.compact import MAX_LENGTH, NotCompact, Unverified, look_at


def part(text: str | bytes) -> str:
    content = text.encode() if isinstance(text, str) else text
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def saying(payload: str | bytes) -> str:
    return f"{HEADER}.{part(payload)}.{SIGNATURE}"


HEADER, PAYLOAD, SIGNATURE = part('{"alg": "x"}'), part('{"sub": "alice"}'), "A" * 43
TOKEN = f"{HEADER}.{PAYLOAD}.{SIGNATURE}"


def test_a_token_is_taken_apart() -> None:
    assert look_at(TOKEN) == Unverified(header={"alg": "x"}, payload={"sub": "alice"})


NOT_COMPACT = {
    "nothing": "",
    "two parts": f"{HEADER}.{PAYLOAD}",
    "no signature": f"{HEADER}.{PAYLOAD}.",
    "four parts": f"{TOKEN}.{SIGNATURE}",
    "a part that is empty": f"{HEADER}..{SIGNATURE}",
    "padding": f"{TOKEN}=",
    "a space": f"{HEADER}. {PAYLOAD}.{SIGNATURE}",
    "a line's end": f"{TOKEN}\n",
    "the other alphabet": f"{HEADER}.{PAYLOAD}.{'+/' * 21}A",
    "digits of another script": f"{HEADER}.{PAYLOAD}.{SIGNATURE[:-1]}\u0661",
    "a length that there is not": f"{HEADER}.{PAYLOAD}.{SIGNATURE}AA",
    "spare bits that are used": f"{HEADER}.{PAYLOAD}.{SIGNATURE[:-1]}B",
    "no JSON": saying("alice"),
    "no object": saying("[]"),
    "no object for a header": f"{part('[]')}.{PAYLOAD}.{SIGNATURE}",
    "depth": saying("[" * 5000),
    "a key that stands twice": saying('{"sub": "alice", "sub": "bob"}'),
    "one that does so further in": saying('{"a": {"b": 1, "b": 2}}'),
    "no UTF-8": saying(b'{"sub": "\xff"}'),
}


@pytest.mark.parametrize("token", NOT_COMPACT.values(), ids=NOT_COMPACT.keys())
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(NotCompact):
        look_at(token)


def test_a_token_has_a_length_that_it_may_have() -> None:
    rest = MAX_LENGTH - len(f"{HEADER}..{SIGNATURE}")
    longest = part(json.dumps({"note": "x" * (rest * 3 // 4 - 12)}))
    token = f"{HEADER}.{longest}.{SIGNATURE}"
    assert MAX_LENGTH - 4 < len(token) <= MAX_LENGTH

    assert look_at(token).payload["note"]
    with pytest.raises(NotCompact, match="too long"):
        look_at(f"{token}AAAA")
