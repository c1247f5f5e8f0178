"""What a refresh token was traded for is kept so that it alone opens it."""

from app.core.security.refresh_grace import seal, unseal
from app.core.security.tokens import digest, new_refresh_token

PRESENTED, SUCCESSOR = new_refresh_token(), new_refresh_token()


def test_a_token_opens_what_was_sealed_with_it() -> None:
    assert unseal(PRESENTED, seal(PRESENTED, SUCCESSOR)) == SUCCESSOR


def test_nothing_else_opens_it() -> None:
    sealed = seal(PRESENTED, SUCCESSOR)

    for other in (SUCCESSOR, new_refresh_token(), PRESENTED[:-1], digest(PRESENTED).hex(), ""):
        assert unseal(other, sealed) is None


def test_what_was_changed_is_not_opened() -> None:
    sealed = seal(PRESENTED, SUCCESSOR)

    for at in (0, 12, len(sealed) - 1):
        broken = bytearray(sealed)
        broken[at] ^= 1
        assert unseal(PRESENTED, bytes(broken)) is None
    assert unseal(PRESENTED, sealed[:-1]) is None
    assert unseal(PRESENTED, b"") is None


def test_the_same_is_never_sealed_alike() -> None:
    first, second = seal(PRESENTED, SUCCESSOR), seal(PRESENTED, SUCCESSOR)

    assert first[:12] != second[:12]
    assert SUCCESSOR.encode() not in first
