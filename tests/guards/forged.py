"""The guards against tokens that nobody has given."""

from .guard import Guard, guard

TOKENS, COMPACT = "core/security/tokens.py", "core/security/compact.py"
HEADER = (TOKENS, 'if header != HEADER | {"kid": kid} or kid not in', "if kid not in")


def forged(keeps: str, test: str, *changes: tuple[str, str, str]) -> Guard:
    return guard(keeps, f"test_forged_tokens.py::test_{test}", *changes)


def unsigned(test: str) -> Guard:
    old, new = '"require": CLAIMS', '"verify_signature": False, "require": CLAIMS'
    return forged(f"the signature, for {test[3:]}", test, (TOKENS, old, new))


GUARDS = [
    unsigned("02_a_stripped_signature"),
    unsigned("03_a_flipped_bit"),
    forged(
        "the algorithm",
        "04_another_algorithm",
        HEADER,
        (TOKENS, "algorithms=[ALGORITHM]", 'algorithms=[ALGORITHM, "HS384", "HS512"]'),
    ),
    unsigned("05_a_public_key_or_any_other_secret"),
    forged("that a token brings no key", "06_a_key_that_a_token_brings_along", HEADER),
    forged("the type of a token", "09_a_token_of_another_type", HEADER),
    forged(
        "the name of a key",
        "10_a_key_of_another_name",
        (TOKENS, " or kid not in self._keys:", ":"),
        (
            TOKENS,
            "return self._keys[kid]",
            "return self._keys.get(str(kid), self._keys[self._kid])",
        ),
    ),
    forged("that no claim is missing", "11_a_claim_that_is_missing", (TOKENS, "CLAIMS, ", "[], ")),
    forged(
        "the types of claims",
        "12_a_claim_that_is_wrong_or_of_another_type",
        (TOKENS, "if any(type(time) is not int for time in times):", "if not times:"),
    ),
    forged(
        "how long a token lives",
        "13_a_life_that_is_over_or_too_long",
        (TOKENS, 'if not 0 < payload["exp"] - payload["iat"] <=', 'if not payload["exp"] or 0 >'),
    ),
    forged(
        "that no token is from the future",
        "14_a_token_from_the_future",
        (
            TOKENS,
            '"strict_aud": True',
            '"strict_aud": True, "verify_iat": False, "verify_nbf": False',
        ),
    ),
    forged(
        "whose token it is",
        "15_another_issuer_or_audience",
        (TOKENS, "                issuer=self._issuer,\n", ""),
    ),
    forged(
        "that there is one audience",
        "16_several_audiences",
        (TOKENS, '"strict_aud": True', '"strict_aud": False'),
    ),
    forged(
        "that a key stands once",
        "17_a_key_that_stands_twice",
        (COMPACT, "if len(found) < len(pairs):", "if not pairs:"),
    ),
    forged(
        "how long a token may be",
        "20_a_token_that_is_far_too_long",
        (COMPACT, "if len(token) > MAX_LENGTH:", "if not token:"),
    ),
    forged(
        "that there is one spelling",
        "23_another_spelling",
        (COMPACT, " or not all(map(SEGMENT.fullmatch, segments))", ""),
        (COMPACT, '.decode().rstrip("=") != segment:', '.decode() == "":'),
    ),
]
