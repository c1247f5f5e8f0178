"""Access tokens (RFC 9068, RFC 8725) and the opaque tokens that renew them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt

from app.core.errors import Unauthenticated
from app.core.settings import TokenSettings

ALGORITHM = "HS256"
HEADER = {"alg": ALGORITHM, "typ": "at+jwt"}
CLAIMS = ["aud", "auth_time", "exp", "iat", "iss", "jti", "sid", "sub"]
LEEWAY = timedelta(seconds=30)
MAX_LENGTH = 8192
REFRESH_PREFIX = "bsr_"
"""Lets scanners find a refresh token that somebody committed by mistake."""
MAIL_PREFIX = "bsm_"


class TokenInvalid(Unauthenticated):
    code = "TOKEN_INVALID"
    error = "This access token is not valid."
    detail = "It may have expired, or its session may have ended. Refresh it, or sign in again."
    headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}  # noqa: RUF012 (RFC 6750 section 3)


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says, once its signature has been checked."""

    user: UUID
    session: UUID


class AccessTokens:
    """Signs access tokens, and reads what it signed."""

    def __init__(self, settings: TokenSettings) -> None:
        self._key = settings.secret.get_secret_value()
        self._issuer = settings.issuer
        self._audience = settings.audience
        self.lifetime = timedelta(minutes=settings.access_minutes)

    def issue(self, claims: Claims, *, auth_time: datetime) -> str:
        now = datetime.now(UTC)
        payload = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": str(claims.user),
            "sid": str(claims.session),
            "jti": uuid4().hex,
            "iat": now,
            "exp": now + self.lifetime,
            "auth_time": int(auth_time.timestamp()),
        }
        return jwt.encode(payload, self._key, ALGORITHM, headers=HEADER)

    def read(self, token: str) -> Claims:
        """Check a token and say whose it is.

        Raises TokenInvalid for any other than one of ours, whole and in its time.
        """
        if len(token) > MAX_LENGTH:
            raise TokenInvalid
        try:
            found = jwt.decode_complete(
                token,
                self._key,
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=self._issuer,
                leeway=LEEWAY,
                options={"require": CLAIMS, "strict_aud": True},
            )
            return self._claims(found["header"], found["payload"])
        except (jwt.InvalidTokenError, AttributeError, TypeError, ValueError) as error:
            # The last three come of claims that are of another type than ours.
            raise TokenInvalid from error

    def _claims(self, header: dict[str, Any], payload: dict[str, Any]) -> Claims:
        # Our own header has these words and no other: no `crit`, `b64`, `jku` can sneak in.
        if header != HEADER or payload["exp"] - payload["iat"] > self.lifetime.total_seconds():
            raise TokenInvalid
        return Claims(user=UUID(payload["sub"]), session=UUID(payload["sid"]))


def new_refresh_token() -> str:
    """Make a token of 256 random bits (ASVS 7.2.3 asks for 128)."""
    return REFRESH_PREFIX + secrets.token_urlsafe(32)


def new_mail_token() -> str:
    """Make a token that proves, to us alone, that somebody reads the mail to an address."""
    return MAIL_PREFIX + secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Hash an opaque token as it is stored: a stolen database can't be used to sign in."""
    return hashlib.sha256(token.encode()).digest()
